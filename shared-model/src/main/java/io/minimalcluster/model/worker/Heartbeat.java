package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat with the progress of each lease.
 *
 * @param trouble the reason why the worker cannot run tasks; null if it can
 * @param cutOff whether the worker got no answer for the duration of a lease, and so runs no tasks; such a heartbeat
 *     only probes the connection and does not count as contact; null means false
 * @param load the load of the machine; null if unknown
 */
public record Heartbeat(
        List<LeaseProgress> leases,
        @Nullable String trouble,
        @Nullable Boolean cutOff,
        @Nullable MachineLoad load) {
    public Heartbeat {
        leases = List.copyOf(leases);
    }

    /** A heartbeat of a worker with contact to the master. */
    public Heartbeat(List<LeaseProgress> leases, @Nullable String trouble) {
        this(leases, trouble, null, null);
    }

    /** A copy of this heartbeat with the load of the machine. */
    public Heartbeat withLoad(@Nullable MachineLoad now) {
        return new Heartbeat(leases, trouble, cutOff, now);
    }

    /** A copy of this heartbeat for a worker without contact to the master. */
    public Heartbeat whenCutOff() {
        return new Heartbeat(leases, trouble, true, load);
    }

    /**
     * The progress of a lease.
     *
     * @param running the running tasks
     * @param next the first task that has not started
     */
    public record LeaseProgress(LeaseId leaseId, List<RunningTask> running, long next) {
        public LeaseProgress {
            running = List.copyOf(running);
        }
    }

    /** A running task and its running time. */
    public record RunningTask(long index, double seconds) {}
}
