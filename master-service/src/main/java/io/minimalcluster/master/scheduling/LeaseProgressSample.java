package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a worker got with a lease, by what it said of it last.
 *
 * @param next the first task that had not started
 * @param running the task that ran; empty for none, or where that is not known
 * @param since when it began
 * @param told when it was said; both by {@link System#nanoTime}
 */
public record LeaseProgressSample(WorkerId worker, long next, OptionalLong running, long since, long told) {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    /** How long the task has been running; 0 if none is known to. */
    public long nanosRunning(long now) {
        return running.isPresent() ? Math.max(0, now - since) : 0;
    }

    /** The first task that has not started by now, as far as can be told by how long a task takes. */
    public long nextBy(long now, double nanosPerTask) {
        long passed = Math.max(0, now - told);
        boolean mayHaveBegun = running.isEmpty() && passed > FRESH;
        return next + (long) (passed / Math.max(1, nanosPerTask)) + (mayHaveBegun ? 1 : 0);
    }
}
