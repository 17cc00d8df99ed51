package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.argument.JsonBodyScanner;
import io.minimalcluster.master.job.submit.TargetResolver.Named;
import io.minimalcluster.master.job.submit.TargetResolver.Target;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.job.JobOptions;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of {@code POST /jobs} as a stream. Its fields may have any order, and its arguments go into segments.
 */
final class JobRequestReader {
    private final JsonFieldReader fields;
    private final ArgumentLimits limits;
    private final Function<Named, Target> targets;
    private final ArgumentUpload arguments;
    private final Set<String> seen = new HashSet<>();
    private @Nullable String function;
    private @Nullable String environmentId;
    private @Nullable String method;
    private @Nullable Target target;
    private JobOptions options = JobOptions.DEFAULTS;

    JobRequestReader(
            JsonMapper json, ArgumentLimits limits, Function<Named, Target> targets, ArgumentUpload arguments) {
        this.fields = new JsonFieldReader(json);
        this.limits = limits;
        this.targets = targets;
        this.arguments = arguments;
    }

    void read(InputStream body) throws IOException {
        JsonBodyScanner.scan(body, limits, this::read);
        target = null; // fields after the arguments may change the target
        TargetFunction called = find(new Named(function, environmentId, method)).function();
        JobOptionsValidator.check(options);
        arguments.check(SharedParameter.withoutShared(called, options));
    }

    private void read(JsonScanner scanner) throws IOException {
        scanner.enterObject();
        for (String name = scanner.nextField(); name != null; name = scanner.nextField()) {
            field(name, scanner);
        }
        scanner.finish();
    }

    private void field(String name, JsonScanner scanner) throws IOException {
        if (!seen.add(name)) {
            throw JsonFieldReader.duplicate(name);
        }
        switch (name) {
            case "function" -> function = fields.read(name, scanner, String.class);
            case "environmentId" -> environmentId = fields.read(name, scanner, String.class);
            case "method" -> method = fields.read(name, scanner, String.class);
            case "options" -> options = fields.readOptions(scanner);
            case "args" -> readArguments(scanner);
            default -> throw JsonFieldReader.unknown(name);
        }
    }

    private void readArguments(JsonScanner scanner) throws IOException {
        Named named = new Named(function, environmentId, method);
        boolean isKnown = named.isComplete() && areParametersFinal(find(named).function());
        arguments.read(
                scanner, isKnown ? SharedParameter.withoutShared(find(named).function(), options) : null);
    }

    /** Whether the parameters are final. Options that follow may give the last parameter a shared value. */
    private boolean areParametersFinal(TargetFunction called) {
        return seen.contains("options") || called.parameters().size() < 2;
    }

    private Target find(Named named) {
        Target found = target == null ? targets.apply(named) : target;
        target = found;
        return found;
    }

    Target target() {
        return Objects.requireNonNull(target);
    }

    JobOptions options() {
        return options;
    }
}
