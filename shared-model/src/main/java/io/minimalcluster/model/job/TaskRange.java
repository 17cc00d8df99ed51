package io.minimalcluster.model.job;

import org.jspecify.annotations.Nullable;

/**
 * Generated arguments, as a loop gives them: the argument of index {@code i} is {@code from + i * step}.
 *
 * @param to exclusive
 * @param step any but 0; 1 where it is absent
 */
public record TaskRange(long from, long to, @Nullable Long step) {}
