package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Progress of a lease at one time, as reported by its worker.
 *
 * @param next the first task that had not started
 * @param running the running task; empty for none or unknown
 * @param since start of the running task, by {@link System#nanoTime}
 * @param reportedAt time of the report, by {@link System#nanoTime}
 */
public record LeaseProgressSample(WorkerId worker, long next, OptionalLong running, long since, long reportedAt) {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    /** Time for which the task has been running; 0 for none or unknown. */
    public long nanosRunning(long now) {
        return running.isPresent() ? Math.max(0, now - since) : 0;
    }

    /** Estimates the first task that has not started by now, from the time per task. */
    public long estimateNext(long now, double nanosPerTask) {
        long passed = Math.max(0, now - reportedAt);
        boolean mayHaveStarted = running.isEmpty() && passed > FRESH;
        return next + (long) (passed / Math.max(1, nanosPerTask)) + (mayHaveStarted ? 1 : 0);
    }
}
