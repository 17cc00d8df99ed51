package io.minimalcluster.model.function;

import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.environment.Parameter;
import java.time.Instant;
import java.util.List;

/**
 * A registered name of a target function. The name belongs to the owner of the key that set it.
 *
 * @param method the full signature of the target function
 */
public record RegisteredFunction(
        String name,
        EnvironmentId environmentId,
        String method,
        List<Parameter> parameters,
        String returns,
        Instant createdAt,
        String createdBy) {
    public RegisteredFunction {
        parameters = List.copyOf(parameters);
    }
}
