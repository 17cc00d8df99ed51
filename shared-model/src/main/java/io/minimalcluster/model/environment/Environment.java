package io.minimalcluster.model.environment;

import io.minimalcluster.model.EnvironmentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The code that tasks run, compiled; immutable.
 *
 * @param functions what of it can be mapped over arguments
 * @param warnings what javac said of it
 * @param createdBy the name of the key that posted it first
 * @param sha256 the digest of its content, in lower-case hex; the id is its beginning
 */
public record Environment(
        EnvironmentId id,
        @Nullable String name,
        List<TargetFunction> functions,
        List<Diagnostic> warnings,
        Instant createdAt,
        String createdBy,
        String sha256) {
    public Environment {
        functions = List.copyOf(functions);
        warnings = List.copyOf(warnings);
    }
}
