package io.minimalcluster.worker.master;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.worker.Shrink;
import java.util.List;
import java.util.Optional;

/**
 * What a poll brought: batches and orders.
 *
 * @param stop leases that are not this worker's any more
 * @param shutdown whether to end, once what runs has come to its end
 * @param drain whether to take nothing new; empty where the poll ended without an answer
 */
public record PollResponse(
        List<Batch> batches, List<Shrink> shrunk, List<LeaseId> stop, Optional<Boolean> drain, boolean shutdown) {
    /** The wait ended, or a newer poll took over. */
    public static final PollResponse NOTHING =
            new PollResponse(List.of(), List.of(), List.of(), Optional.empty(), false);

    public PollResponse {
        batches = List.copyOf(batches);
        shrunk = List.copyOf(shrunk);
        stop = List.copyOf(stop);
    }
}
