package io.minimalcluster.master.worker;

import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.MitigationResult;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import java.util.List;

/**
 * Response to a poll.
 *
 * @param leases new leases, and leases that the worker should hold but does not report
 * @param shrunk leases whose end was cut
 * @param stop leases that the worker reports but should not hold
 * @param drain whether the worker has to drain
 * @param shutdown whether the worker has to shut down
 * @param mitigation work taken from stragglers
 * @param isHolding whether the worker holds leases now
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
        boolean isHolding,
        List<JobRequirements> left,
        int limit) {
    PollResponse {
        leases = List.copyOf(leases);
        shrunk = List.copyOf(shrunk);
        stop = List.copyOf(stop);
        left = List.copyOf(left);
    }

    boolean isEmpty() {
        return leases.isEmpty() && shrunk.isEmpty() && stop.isEmpty() && !drain && !shutdown;
    }
}
