package io.minimalcluster.model.function;

import io.minimalcluster.model.EnvironmentId;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /functions} takes.
 *
 * @param method {@code square}, {@code Pi.square} or, where it is overloaded, {@code square(long)}
 * @param name the method's name where it is null
 */
public record NewFunction(
        EnvironmentId environmentId,
        String method,
        @Nullable String name) {}
