package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;
import java.util.List;

/**
 * A poll of a worker for batches.
 *
 * @param requestId unique for each poll; a repeated id gets the same response
 * @param slots the number of batches the worker can accept
 * @param held the leases the worker holds
 */
public record PollRequest(String requestId, int slots, List<LeaseId> held) {
    public PollRequest {
        held = List.copyOf(held);
    }
}
