package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.error.MasterException.InvalidArguments;
import io.minimalcluster.master.error.MasterException.Malformed;
import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.argument.ArgumentReader;
import io.minimalcluster.master.job.argument.JsonBodyScanner;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of a job on its way in: a list, which goes into segments as it comes, or a range. */
public final class ArgumentUpload {
    /** How long a text of arguments may be. */
    public static final int LONGEST_TEXT = 64 * 1024;

    private final JsonFieldReader fields;
    private final ArgumentLimits limits;
    private final CompletedUpload completedUpload;
    private @Nullable TaskRange range;
    private @Nullable Long listed;
    private @Nullable String text;
    private boolean checked;

    ArgumentUpload(JsonFieldReader fields, ArgumentLimits limits, CompletedUpload completedUpload) {
        this.fields = fields;
        this.limits = limits;
        this.completedUpload = completedUpload;
    }

    /**
     * Reads what comes next, an array or an object with a range.
     *
     * @param function what a list has to fit; null where it is not known yet
     */
    public void read(JsonScanner scanner, @Nullable TargetFunction function) throws IOException {
        once();
        if (scanner.isAtArray()) {
            list(scanner, function);
        } else if (scanner.isAtObject()) {
            TaskRange posted =
                    fields.read("args", scanner, RangeArguments.class).range();
            if (posted == null) {
                throw noList();
            }
            range = posted;
        } else {
            throw noList();
        }
    }

    private void list(JsonScanner scanner, @Nullable TargetFunction function) throws IOException {
        listed = new ArgumentReader(limits, function, completedUpload::add).read(scanner);
        checked = function != null;
    }

    /**
     * Reads a body that has an argument a line, to its end.
     *
     * @param function what they have to fit; null where it is not known yet
     */
    public void lines(InputStream body, @Nullable TargetFunction function) throws IOException {
        once();
        JsonBodyScanner.scan(
                body,
                limits,
                scanner -> listed = new ArgumentReader(limits, function, completedUpload::add).readLines(scanner));
        checked = function != null;
    }

    /** Takes the whole numbers of a range. */
    public void range(TaskRange posted) {
        once();
        range = posted;
    }

    /**
     * Takes a short text: {@code 1,2,3}, as between the brackets of a list. A whole list is taken for what it holds
     * where it does not fit as the one argument that it would be.
     */
    public void text(String posted) {
        once();
        if (posted.length() > LONGEST_TEXT) {
            throw new PayloadTooLarge(LONGEST_TEXT);
        }
        text = posted;
    }

    private void once() {
        if (listed != null || range != null || text != null) {
            throw Malformed.field("args", "The arguments are given twice.");
        }
    }

    private void readText(String posted, TargetFunction function) {
        try {
            readList("[" + posted + "]", function);
        } catch (InvalidArguments misfit) {
            if (!posted.strip().startsWith("[")) {
                throw misfit;
            }
            try {
                readList(posted, function);
            } catch (Malformed | InvalidArguments e) {
                throw misfit;
            }
        }
    }

    /** What does not fit is found before any of it gets into a segment that is full, and so nowhere. */
    private void readList(String array, TargetFunction function) {
        JsonScanner scanner = JsonScanner.of(array.getBytes(StandardCharsets.UTF_8));
        try {
            list(scanner, function);
            scanner.finish();
        } catch (JsonSyntaxException e) {
            throw Malformed.field(
                    "args",
                    "args is JSON values parted by commas, such as 1,2,3 or \"a\",\"b\": " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: the bytes are all there
        }
    }

    private static InvalidArguments noList() {
        String expected = "an array, or {\"range\": {\"from\": 0, \"to\": 10}}";
        return new InvalidArguments("args is " + expected + ".", null, null, expected);
    }

    /** Checks that there are some, that they fit, and that they are not too many. */
    public void check(TargetFunction function) {
        if (text != null) {
            readText(text, function);
        }
        if (listed == null && range == null) {
            throw new InvalidArguments("args is missing.", null, null, "an array or a range");
        }
        if (range != null) {
            checkRange(range, function);
        } else if (!checked) {
            completedUpload.forEach(segment -> ArgumentReader.check(function, segment));
        }
        checked = true;
        total();
    }

    private void checkRange(TaskRange posted, TargetFunction called) {
        boolean takesIntegers = called.parameters().size() <= 1
                && called.parameters().stream()
                        .allMatch(parameter -> takesIntegers(parameter.shape().kind()));
        if (!takesIntegers) {
            throw new InvalidArguments(
                    "A range gives integers, which " + called.signature() + " does not take.",
                    null,
                    null,
                    "a function of one number");
        }
        called.parameters().forEach(parameter -> RangeTypeCheck.check(posted, total(), parameter));
    }

    private static boolean takesIntegers(Shape.Kind kind) {
        return switch (kind) {
            case INTEGER, FLOAT, DECIMAL, ANY -> true;
            case STRING, BOOLEAN, ARRAY, OBJECT -> false;
        };
    }

    @Nullable
    TaskRange range() {
        return range;
    }

    /** How many tasks they make. */
    long total() {
        return range == null ? Objects.requireNonNull(listed) : RangeSize.count(range, limits.jobTasks());
    }

    private record RangeArguments(@Nullable TaskRange range) {}
}
