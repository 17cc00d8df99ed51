package io.minimalcluster.client;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The end of one task as a value.
 *
 * @param <R> the value of a task
 */
public sealed interface Outcome<R extends @Nullable Object> {
    /** The index of the argument. */
    long index();

    /**
     * Returns the value.
     *
     * @throws TaskFailedException if the task failed
     * @throws CancellationException if the task was cancelled
     */
    R get();

    /** The task returned a value. */
    record Succeeded<R extends @Nullable Object>(long index, R value) implements Outcome<R> {
        @Override
        public R get() {
            return value;
        }
    }

    /** The task failed. */
    record Failed<R extends @Nullable Object>(TaskFailedException error) implements Outcome<R> {
        @Override
        public long index() {
            return error.index();
        }

        @Override
        public R get() {
            throw error;
        }
    }

    /** The job ended before the task. */
    record Cancelled<R extends @Nullable Object>(long index, String reason) implements Outcome<R> {
        @Override
        public R get() {
            throw new CancellationException("task " + index + " was cancelled: " + reason);
        }
    }
}
