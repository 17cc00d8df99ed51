package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.argument.ArgumentReader;
import io.minimalcluster.master.job.TargetOfJob.Named;
import io.minimalcluster.master.job.TargetOfJob.Target;
import io.minimalcluster.master.problem.MasterException.InvalidArguments;
import io.minimalcluster.master.problem.MasterException.Malformed;
import io.minimalcluster.master.problem.MasterException.PayloadTooLarge;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.model.job.TaskRange;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import io.minimalcluster.task.json.JsonTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The body of {@code POST /jobs}, read as it comes: its fields in any order, its arguments into segments. */
final class JobBody {
    private static final int MAX_SMALL_FIELD = 256 * 1024;

    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final Function<Named, Target> targets;
    private final ReceivedJob received;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String function;
    private @Nullable String environmentId;
    private @Nullable String method;
    private @Nullable Target target;
    private @Nullable TaskRange range;
    private @Nullable Long listed;
    private boolean checked;
    private JobOptions options = JobOptions.DEFAULTS;

    JobBody(JsonMapper json, ArgumentLimits limits, Function<Named, Target> targets, ReceivedJob received) {
        this.json = json;
        this.limits = limits;
        this.targets = targets;
        this.received = received;
    }

    void read(InputStream body) throws IOException {
        JsonScanner scanner =
                JsonScanner.of(body, Math.toIntExact(limits.argumentBytes().bytes()));
        try {
            scanner.enterObject();
            for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
                field(name, scanner);
            }
            scanner.finish();
        } catch (JsonSyntaxException e) {
            throw Malformed.at(
                    (int) e.line(), (int) e.column(), "The body is not as it should be: " + e.getMessage() + ".");
        } catch (JsonTooLargeException e) {
            throw new PayloadTooLarge("An argument is longer than " + e.limitBytes() + " bytes.", e.limitBytes());
        }
        complete();
    }

    private void field(String name, JsonScanner scanner) throws IOException {
        if (!seen.add(name)) {
            throw Malformed.field(name, "The field '" + name + "' is there twice.");
        }
        switch (name) {
            case "function" -> function = small(name, scanner, String.class);
            case "environmentId" -> environmentId = small(name, scanner, String.class);
            case "method" -> method = small(name, scanner, String.class);
            case "options" -> options = upTo(longestOptions(), name, scanner, JobOptions.class);
            case "args" -> readArguments(scanner);
            default -> throw Malformed.field(cut(name), "There is no field '" + cut(name) + "' here.");
        }
    }

    private static String cut(String name) {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }

    private void readArguments(JsonScanner scanner) throws IOException {
        if (scanner.isAtArray()) {
            Named named = new Named(function, environmentId, method);
            checked = named.isComplete() && isAllKnown(find(named).function());
            TargetFunction fits = checked ? SharedParameter.aside(find(named).function(), options) : null;
            listed = new ArgumentReader(limits, fits, received::add).read(scanner);
        } else if (scanner.isAtObject()) {
            range = Objects.requireNonNull(small("args", scanner, RangeArguments.class))
                    .range();
            if (range == null) {
                throw noList();
            }
        } else {
            throw noList();
        }
    }

    /** Options that come later may give the last parameter its value. */
    private boolean isAllKnown(TargetFunction called) {
        return seen.contains("options") || called.parameters().size() < 2;
    }

    private static InvalidArguments noList() {
        String expected = "an array, or {\"range\": {\"from\": 0, \"to\": 10}}";
        return new InvalidArguments("args is " + expected + ".", null, null, expected);
    }

    private Target find(Named named) {
        Target found = target == null ? targets.apply(named) : target;
        target = found;
        return found;
    }

    private void complete() {
        Named named = new Named(function, environmentId, method);
        target = null; // what came after the arguments may contradict what came before
        Target found = find(named);
        JobOptionsRules.check(options);
        TargetFunction called = SharedParameter.aside(found.function(), options);
        if (listed == null && range == null) {
            throw new InvalidArguments("args is missing.", null, null, "an array or a range");
        }
        if (range != null) {
            checkRange(called);
        } else if (!checked) {
            received.forEach(segment -> ArgumentReader.check(called, segment));
        }
    }

    private void checkRange(TargetFunction called) {
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
    }

    private static boolean takesIntegers(Shape.Kind kind) {
        return switch (kind) {
            case INTEGER, FLOAT, DECIMAL, ANY -> true;
            case STRING, BOOLEAN, ARRAY, OBJECT -> false;
        };
    }

    /** Room for a shared value, which may be as long as an argument. */
    private long longestOptions() {
        return MAX_SMALL_FIELD + limits.argumentBytes().bytes();
    }

    private <T> T small(String field, JsonScanner scanner, Class<T> type) throws IOException {
        return upTo(MAX_SMALL_FIELD, field, scanner, type);
    }

    private <T> T upTo(long most, String field, JsonScanner scanner, Class<T> type) throws IOException {
        scanner.value();
        int length = scanner.end() - scanner.start();
        if (length > most) {
            throw Malformed.field(field, "The field '" + field + "' is too long.");
        }
        try {
            T value = json.readValue(scanner.bytes(), scanner.start(), length, type);
            if (value == null) {
                throw Malformed.field(field, "The field '" + field + "' is null.");
            }
            return value;
        } catch (JacksonException e) {
            throw Malformed.field(field, "The field '" + field + "' is not as it should be: " + e.getOriginalMessage());
        }
    }

    Target target() {
        return Objects.requireNonNull(target);
    }

    String signature() {
        return target().function().signature();
    }

    JobOptions options() {
        return options;
    }

    @Nullable
    TaskRange range() {
        return range;
    }

    /** How many tasks it has. */
    long total() {
        return range == null ? Objects.requireNonNull(listed) : RangeRules.count(range, limits.jobTasks());
    }

    private record RangeArguments(@Nullable TaskRange range) {}
}
