package io.minimalcluster.master.worker;

import io.minimalcluster.master.lease.Lease;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.model.LeaseId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a poll brings.
 *
 * @param leases new ones, and those that the worker should have and lacks
 * @param stop leases that the worker has and should not have
 * @param drain whether it is to take nothing new
 * @param shutdown whether it is to end
 * @param left what work that is left for others needs; null if none is
 */
record PollAnswer(
        List<Lease> leases,
        List<LeaseId> stop,
        boolean drain,
        boolean shutdown,
        @Nullable Needs left) {
    PollAnswer {
        leases = List.copyOf(leases);
        stop = List.copyOf(stop);
    }

    boolean isEmpty() {
        return leases.isEmpty() && stop.isEmpty() && !drain && !shutdown;
    }
}
