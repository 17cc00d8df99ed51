package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.model.WorkerId;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * When and where tasks may run again after a failed attempt. The delay doubles with each attempt and is random between
 * its half and its whole. Another worker is preferred: see {@link #PREFERENCE}.
 *
 * @param readyAt when the tasks may be allocated; 0 for at once
 * @param failedOn the worker of the last attempt; null for none
 */
record Postponement(long readyAt, @Nullable WorkerId failedOn) {
    /** The tasks may run anywhere at once. */
    static final Postponement NONE = new Postponement(0, null);

    /**
     * How long only other workers may have tasks that are ready, while there is another worker that can run them.
     * Refused tasks wait for another worker without a limit.
     */
    static final Duration PREFERENCE = Duration.ofSeconds(10);

    private static final long FIRST_MILLIS = 250;
    private static final long MAX_MILLIS = 30_000;
    private static final int MAX_DOUBLINGS = 7;

    /**
     * The postponement of tasks of a lease. The random part of the delay depends on the tasks alone, so that a repeated
     * simulation has the same delays.
     *
     * @param failures number of failed attempts, or of refusals, of the tasks, at least 1
     */
    static Postponement after(int failures, Lease lease, IndexRange tasks, long now) {
        long delay = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS));
        SplittableRandom random = new SplittableRandom(31 * lease.seq() + tasks.first());
        return new Postponement(now + random.nextLong(delay / 2, delay + 1), lease.worker());
    }
}
