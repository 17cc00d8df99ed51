package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;
import java.util.List;

/** A sign of life with the progress of each lease. */
public record Heartbeat(List<LeaseProgress> leases) {
    public Heartbeat {
        leases = List.copyOf(leases);
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
