package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The right of a worker to a batch, and the fencing token of its results.
 *
 * @param requestId the poll that received the lease
 * @param first the first index
 * @param last the index after the last
 * @param attempts attempts and losses of its tasks, this attempt included
 * @param remaining number of its tasks without an outcome
 * @param round the round of its job; each retry starts a new one
 * @param shrinkRequestId the poll whose response told the worker of a cut end; empty if not told yet; null if the end
 *     was not cut
 * @param hasCopy whether its last task has a speculative copy
 * @param copyOf for a speculative copy the number of the original lease, whose task counts; 0 otherwise
 * @param provisionalLosses losses charged to its tasks while its worker is silent, see {@link LossPolicy}; otherwise 0
 */
public record Lease(
        long seq,
        LeaseId id,
        long jobSeq,
        WorkerId worker,
        String requestId,
        long first,
        long last,
        LossPolicy attempts,
        long remaining,
        LeaseState state,
        int round,
        @Nullable String shrinkRequestId,
        boolean hasCopy,
        long copyOf,
        int provisionalLosses) {
    /** The columns that {@link #of} reads. */
    public static final String COLUMNS =
            "seq, id, job_seq, worker_id, request_id, first, last, attempt, loss_quarters, refusals, remaining, state, round,"
                    + " shrink_request_id, has_copy, copy_of, provisional_loss_quarters";

    public static Lease of(ResultSet row, int number) throws SQLException {
        return new Lease(
                row.getLong("seq"),
                new LeaseId(row.getString("id")),
                row.getLong("job_seq"),
                new WorkerId(row.getString("worker_id")),
                row.getString("request_id"),
                row.getLong("first"),
                row.getLong("last"),
                LossPolicy.of(row),
                row.getLong("remaining"),
                LeaseState.valueOf(row.getString("state")),
                row.getInt("round"),
                row.getString("shrink_request_id"),
                row.getInt("has_copy") != 0,
                row.getLong("copy_of"),
                row.getInt("provisional_loss_quarters"));
    }

    public boolean holds(long index) {
        return index >= first && index < last;
    }

    public boolean isOpen() {
        return state == LeaseState.OPEN;
    }

    /** Whether no task of the lease has an outcome or was returned. A speculative copy shares its task. */
    boolean isUntouched() {
        return remaining == last - first && !isCopy();
    }

    /** Whether the lease is a speculative copy. */
    public boolean isCopy() {
        return copyOf != 0;
    }

    /** The number of the attempt, from 1, without losses. */
    public int attempt() {
        return attempts.attempt();
    }

    /**
     * Whether its worker is silent and its tasks have reached the limit of losses. Such tasks fail instead of another
     * run.
     */
    public boolean isExhausted() {
        return provisionalLosses > 0 && attemptsAfterExpiry().losses() >= LossPolicy.MAX_LOSSES;
    }

    /** Attempts and losses of its tasks if its worker does not return. */
    LossPolicy attemptsAfterExpiry() {
        return attempts.afterLoss(provisionalLosses);
    }

    /** Number of tasks in its range. */
    public int count() {
        return Math.toIntExact(last - first);
    }
}
