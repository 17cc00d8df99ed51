package io.minimalcluster.worker.master;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import java.util.List;
import java.util.Optional;

/**
 * The response to a poll: batches and orders.
 *
 * @param stop leases that this worker no longer holds
 * @param shutdown whether the worker must shut down gracefully
 * @param drain whether the worker must accept no batches; empty if the poll ended without content
 */
public record PollResponse(
        List<Batch> batches, List<Shrink> shrunk, List<LeaseId> stop, Optional<Boolean> drain, boolean shutdown) {
    /** The response of a poll that timed out or was superseded by a newer poll. */
    public static final PollResponse NOTHING =
            new PollResponse(List.of(), List.of(), List.of(), Optional.empty(), false);

    public PollResponse {
        batches = List.copyOf(batches);
        shrunk = List.copyOf(shrunk);
        stop = List.copyOf(stop);
    }
}
