package io.minimalcluster.master.worker;

import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.LastPolls;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.WorkerCapabilities;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.MitigationResult;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import java.util.List;
import java.util.Set;

/**
 * Response to a poll.
 *
 * @param leases new leases, and leases that the worker should hold but does not report
 * @param shrunk leases whose end was cut
 * @param stop leases that the worker reports but should not hold
 * @param drain whether the worker has to drain
 * @param shutdown whether the worker has to shut down
 * @param mitigation work taken from stragglers
 * @param held the leases that the worker holds now
 * @param isExhaustive whether there are no more tasks that the worker may get
 * @param left requirements of the work left for other workers
 * @param limit loss limit for tasks that the worker may get beside its leases
 */
record PollResponse(
        List<Lease> leases,
        List<Shrink> shrunk,
        List<LeaseId> stop,
        boolean drain,
        boolean shutdown,
        MitigationResult mitigation,
        Set<LeaseId> held,
        boolean isExhaustive,
        List<JobRequirements> left,
        int limit) {
    PollResponse {
        leases = List.copyOf(leases);
        shrunk = List.copyOf(shrunk);
        stop = List.copyOf(stop);
        held = Set.copyOf(held);
        left = List.copyOf(left);
    }

    /** A response without content, from the last search for the worker. */
    static PollResponse nothing(LastPolls.Search last) {
        return new PollResponse(
                List.of(),
                List.of(),
                List.of(),
                false,
                false,
                MitigationResult.none(),
                last.held(),
                last.isExhaustive(),
                List.of(),
                last.limit());
    }

    /** The search that led to this response, as {@link LastPolls} keeps it. */
    LastPolls.Search asSearch(WorkerCapabilities capabilities, long notifications, long time) {
        return new LastPolls.Search(held, isExhaustive, capabilities, limit, notifications, time);
    }

    boolean isEmpty() {
        return leases.isEmpty() && shrunk.isEmpty() && stop.isEmpty() && !drain && !shutdown;
    }
}
