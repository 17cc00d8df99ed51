package io.minimalcluster.task.frame;

import org.jspecify.annotations.Nullable;

/**
 * A batch of tasks, at the positions 0 to {@code count - 1}.
 *
 * @param from the argument of position 0 of a range; null where the body has the arguments
 * @param step what the argument of a range grows by
 */
public record BatchRequest(int count, @Nullable Long from, long step) {}
