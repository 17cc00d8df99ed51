package io.minimalcluster.master.scheduling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Computes the size of a batch. A batch should last about {@link #TARGET_DURATION} by the measured speed of the
 * function. It takes at most a fair share of the remaining tasks, so that batches get smaller towards the end of a job.
 * It is never so small that allocation costs more than execution.
 */
final class BatchSize {
    /** Intended duration of a batch. */
    static final Duration TARGET_DURATION = Duration.ofMillis(500);

    /**
     * Minimum duration: a batch is not reduced below it for a fair share. Its allocation and its result cost about as
     * much CPU time.
     */
    static final Duration MIN_DURATION = Duration.ofMillis(16);

    /** Size of a batch of a function without measurements. */
    static final int INITIAL_SIZE = 4;

    /** Maximum factor between the size of a batch and the number of measured tasks. */
    static final int MAX_GROWTH = 16;

    /** Maximum size of a batch. */
    static final int MAX_SIZE = 1_000_000;

    private BatchSize() {}

    /**
     * Returns the size of the next batch.
     *
     * @param remaining pending tasks of the job, at least one
     * @param slots slots of all workers
     * @param speed measured speed of the function
     * @param fixed the batch size that the job sets; null for none
     */
    static int next(long remaining, long slots, TaskSpeed speed, @Nullable Integer fixed) {
        if (fixed != null) {
            return Math.toIntExact(Math.clamp(fixed.longValue(), 1, remaining));
        }
        long share = Math.max(1, remaining / (2 * Math.max(1, slots)));
        long size = Math.max(
                Math.min(share, tasksIn(TARGET_DURATION, speed)), Math.min(tasksIn(MIN_DURATION, speed), remaining));
        return Math.clamp(size, 1, MAX_SIZE);
    }

    private static long tasksIn(Duration time, TaskSpeed speed) {
        if (speed.measuredTasks() == 0) {
            return time.equals(TARGET_DURATION) ? INITIAL_SIZE : 1;
        }
        double tasks = time.toNanos() / Math.max(1, speed.nanosPerTask());
        return (long) Math.clamp(tasks, 1, (double) speed.measuredTasks() * MAX_GROWTH);
    }
}
