package io.minimalcluster.master.worker;

import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.model.LeaseId;
import java.util.List;

/**
 * What a poll brings.
 *
 * @param leases new ones, and those that the worker should have and lacks
 * @param stop leases that the worker has and should not have
 * @param drain whether it is to take nothing new
 * @param more whether there is work left for others
 */
record PollAnswer(List<Lease> leases, List<LeaseId> stop, boolean drain, boolean more) {
    PollAnswer {
        leases = List.copyOf(leases);
        stop = List.copyOf(stop);
    }

    boolean isEmpty() {
        return leases.isEmpty() && stop.isEmpty() && !drain;
    }
}
