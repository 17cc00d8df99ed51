package io.minimalcluster.model.function;

import io.minimalcluster.model.EnvironmentId;
import org.jspecify.annotations.Nullable;

/**
 * The request of {@code POST /functions}.
 *
 * @param method {@code square}, {@code Pi.square} or, for overloaded methods, {@code square(long)}
 * @param name the registered name; null for the name of the method
 */
public record NewFunction(
        EnvironmentId environmentId,
        String method,
        @Nullable String name) {}
