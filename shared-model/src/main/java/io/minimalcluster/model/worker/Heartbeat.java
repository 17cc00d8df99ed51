package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life with the progress of each lease.
 *
 * @param trouble why the worker takes no work, where it can't run anything; null where it can
 * @param cutOff whether the worker had no answer for the time of a lease, and so runs nothing: it asks whether it gets
 *     one now, which is no sign of life; null is no
 */
public record Heartbeat(
        List<LeaseProgress> leases,
        @Nullable String trouble,
        @Nullable Boolean cutOff) {
    public Heartbeat {
        leases = List.copyOf(leases);
    }

    /** Of a worker that is in touch. */
    public Heartbeat(List<LeaseProgress> leases, @Nullable String trouble) {
        this(leases, trouble, null);
    }

    /** The same of a worker that is cut off. */
    public Heartbeat whenCutOff() {
        return new Heartbeat(leases, trouble, true);
    }

    /**
     * How far a lease got.
     *
     * @param running the tasks that run now
     * @param next the first task not started
     */
    public record LeaseProgress(LeaseId leaseId, List<RunningTask> running, long next) {
        public LeaseProgress {
            running = List.copyOf(running);
        }
    }

    /** A task that runs now, and for how long. */
    public record RunningTask(long index, double seconds) {}
}
