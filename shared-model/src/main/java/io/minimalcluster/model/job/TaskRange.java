package io.minimalcluster.model.job;

import org.jspecify.annotations.Nullable;

/**
 * A range of arguments: the argument of task {@code i} is {@code from + i * step}.
 *
 * @param to exclusive
 * @param step not 0; 1 if absent
 */
public record TaskRange(long from, long to, @Nullable Long step) {}
