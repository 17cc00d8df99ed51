package io.minimalcluster.worker.executor;

import java.util.OptionalInt;

/**
 * How far a batch got.
 *
 * @param running the position of the task that runs now
 * @param since when it was first seen to run, by {@link System#nanoTime}; of no meaning when none runs
 * @param next the first position that was not started; {@code count} of the batch at its end
 */
public record BatchProgress(OptionalInt running, long since, int next) {}
