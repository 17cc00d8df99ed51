package io.minimalcluster.master.scheduling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks are handed out together: as many as take about {@link #TARGET} by what was measured of the function,
 * but no more than a fair share of what remains, so that the tail is fine-grained; and not so few that handing out
 * costs more than running.
 */
final class BatchSize {
    /** How long a batch should take. */
    static final Duration TARGET = Duration.ofMillis(500);

    /** Below this a batch is not cut for the tail's sake. */
    static final Duration WORTHWHILE = Duration.ofMillis(2);

    /** How many tasks go out together while nothing is known of the function. */
    static final int UNKNOWN = 4;

    /** How many times more than what was ever measured is trusted to take as long. */
    static final int TRUST = 16;

    /** Larger than this no batch gets. */
    static final int LARGEST = 1_000_000;

    private BatchSize() {}

    /**
     * The size of the next batch.
     *
     * @param remaining tasks of the job that wait, at least one
     * @param slots of all workers together
     * @param speed what is known of the function
     * @param fixed what the job asks for
     */
    static int next(long remaining, long slots, TaskSpeed speed, @Nullable Integer fixed) {
        if (fixed != null) {
            return Math.toIntExact(Math.clamp(fixed.longValue(), 1, remaining));
        }
        long share = Math.max(1, remaining / (2 * Math.max(1, slots)));
        long size = Math.max(Math.min(share, tasksIn(TARGET, speed)), Math.min(tasksIn(WORTHWHILE, speed), remaining));
        return Math.clamp(size, 1, LARGEST);
    }

    private static long tasksIn(Duration time, TaskSpeed speed) {
        if (speed.measuredTasks() == 0) {
            return time.equals(TARGET) ? UNKNOWN : 1;
        }
        double tasks = time.toNanos() / Math.max(1, speed.nanosPerTask());
        return (long) Math.clamp(tasks, 1, (double) speed.measuredTasks() * TRUST);
    }
}
