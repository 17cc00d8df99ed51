package io.minimalcluster.task.frame;

import org.jspecify.annotations.Nullable;

/**
 * The header of a RUN frame: a batch of tasks at the positions 0 to {@code count - 1}.
 *
 * @param from the argument at position 0 for a range; null if the body has the arguments
 * @param step the difference between consecutive arguments of a range
 */
public record BatchRequest(int count, @Nullable Long from, long step) {}
