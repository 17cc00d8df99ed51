package io.minimalcluster.worker.executor;

import java.util.OptionalInt;

/**
 * The progress of a batch.
 *
 * @param running the position of the running task
 * @param since when the task was first seen running, by {@link System#nanoTime}; undefined if none runs
 * @param next the first position that has not started; the {@code count} of the batch at its end
 */
public record BatchProgress(OptionalInt running, long since, int next) {}
