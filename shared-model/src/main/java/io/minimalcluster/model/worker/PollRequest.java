package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;
import java.util.List;

/**
 * A worker asks for work.
 *
 * @param requestId new for each poll; the same again gives the same answer
 * @param slots how many batches it can take
 * @param held the leases it has
 */
public record PollRequest(String requestId, int slots, List<LeaseId> held) {
    public PollRequest {
        held = List.copyOf(held);
    }
}
