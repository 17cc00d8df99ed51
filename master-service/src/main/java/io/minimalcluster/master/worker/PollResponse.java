package io.minimalcluster.master.worker;

import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.Lease;
import io.minimalcluster.master.scheduling.straggler.StragglerMitigation.Relieved;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import java.util.List;

/**
 * What a poll brings.
 *
 * @param leases new ones, and those that the worker should have and lacks
 * @param shrunk leases whose end was cut
 * @param stop leases that the worker has and should not have
 * @param drain whether it is to take nothing new
 * @param shutdown whether it is to end
 * @param relieved what it took off those that are late
 * @param left what work that is left for others needs
 * @param limit the worker is given tasks with fewer losses beside what it has
 */
record PollResponse(
        List<Lease> leases,
        List<Shrink> shrunk,
        List<LeaseId> stop,
        boolean drain,
        boolean shutdown,
        Relieved relieved,
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
