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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arguments of a job during its upload: a list, which is streamed into segments, or a range. */
public final class ArgumentUpload {
    /** Maximum length of arguments given as text. */
    public static final int MAX_TEXT_LENGTH = 64 * 1024;

    private final JsonFieldReader fields;
    private final ArgumentLimits limits;
    private final SegmentSpool spool;
    private @Nullable TaskRange range;
    private @Nullable Long listed;
    private @Nullable String text;
    private boolean checked;

    ArgumentUpload(JsonFieldReader fields, ArgumentLimits limits, SegmentSpool spool) {
        this.fields = fields;
        this.limits = limits;
        this.spool = spool;
    }

    /**
     * Reads an array, or an object with a range, from the scanner.
     *
     * @param function the target function, to check the elements of an array; null where it is not known yet
     */
    public void read(JsonScanner scanner, @Nullable TargetFunction function) throws IOException {
        checkNotSet();
        if (scanner.isAtArray()) {
            list(scanner, function);
        } else if (scanner.isAtObject()) {
            PostedRange posted =
                    fields.read("args", scanner, RangeArguments.class).range();
            if (posted == null) {
                throw notAList();
            }
            range = posted.range();
        } else {
            throw notAList();
        }
    }

    private void list(JsonScanner scanner, @Nullable TargetFunction function) throws IOException {
        listed = new ArgumentReader(limits, function, spool::add).read(scanner);
        checked = function != null;
    }

    /**
     * Reads a body with one argument per line to its end.
     *
     * @param function the target function, to check the arguments; null where it is not known yet
     */
    public void lines(InputStream body, @Nullable TargetFunction function) throws IOException {
        checkNotSet();
        JsonBodyScanner.scan(
                body, limits, scanner -> listed = new ArgumentReader(limits, function, spool::add).readLines(scanner));
        checked = function != null;
    }

    /** Sets a range of integers as the arguments. */
    public void range(TaskRange posted) {
        checkNotSet();
        range = posted;
    }

    /**
     * Sets a short text such as {@code 1,2,3}, the elements of a list without brackets. A text in brackets is read as
     * one argument first, and as a whole list if that argument does not fit.
     */
    public void text(String posted) {
        checkNotSet();
        if (posted.length() > MAX_TEXT_LENGTH) {
            throw new PayloadTooLarge(MAX_TEXT_LENGTH);
        }
        text = posted;
    }

    private void checkNotSet() {
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

    /**
     * Reads a short list. The list fits into one segment, so a misfit is detected before any segment is added to the
     * upload.
     */
    private void readList(String array, TargetFunction function) {
        JsonScanner scanner = JsonScanner.of(array.getBytes(StandardCharsets.UTF_8));
        try {
            list(scanner, function);
            scanner.finish();
        } catch (JsonSyntaxException e) {
            throw Malformed.field(
                    "args",
                    "args is JSON values separated by commas, such as 1,2,3 or \"a\",\"b\": " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the input is in memory
        }
    }

    private static InvalidArguments notAList() {
        String expected = "an array, or {\"range\": {\"from\": 0, \"to\": 10}}";
        return new InvalidArguments("args is " + expected + ".", null, null, expected);
    }

    /** Checks that arguments are present, fit the function and do not exceed the limit of tasks. */
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
            spool.forEach(segment -> ArgumentReader.check(function, segment));
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
            case STRING, BOOLEAN, ARRAY, OBJECT, NONE -> false;
        };
    }

    @Nullable
    TaskRange range() {
        return range;
    }

    /** Number of tasks. */
    long total() {
        return range == null ? Objects.requireNonNull(listed) : RangeSize.count(range, limits.jobTasks());
    }

    private record RangeArguments(@Nullable PostedRange range) {}

    /** A range whose numbers are whole by value, such as {@code 1e6}. */
    private record PostedRange(
            @Nullable BigDecimal from,
            @Nullable BigDecimal to,
            @Nullable BigDecimal step) {
        TaskRange range() {
            return new TaskRange(whole("from", from), whole("to", to), step == null ? null : whole("step", step));
        }

        private static long whole(String name, @Nullable BigDecimal number) {
            try {
                return Objects.requireNonNull(number).longValueExact();
            } catch (ArithmeticException | NullPointerException e) {
                String field = "args.range." + name;
                throw Malformed.field(
                        field, "The field '" + field + "' should be a whole number in the range of long.");
            }
        }
    }
}
