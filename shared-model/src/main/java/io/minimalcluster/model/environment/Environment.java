package io.minimalcluster.model.environment;

import io.minimalcluster.model.EnvironmentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment: compiled code that tasks run. Environments are immutable.
 *
 * @param functions the target functions
 * @param warnings the warnings of javac
 * @param createdBy the name of the key that first posted the environment
 * @param sha256 the digest of the content in lower-case hex; the id is a prefix of it
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
