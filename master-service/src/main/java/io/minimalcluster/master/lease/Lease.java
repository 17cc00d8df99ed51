package io.minimalcluster.master.lease;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A worker's right to a batch.
 *
 * @param requestId of the poll that it was taken for
 * @param first the first index
 * @param last the index after the last
 * @param tries what its tasks have been through, this try included
 * @param remaining how many of its tasks have no outcome
 * @param round of its job, which a retry begins anew
 */
public record Lease(
        long seq,
        LeaseId id,
        long jobSeq,
        WorkerId worker,
        String requestId,
        long first,
        long last,
        Tries tries,
        long remaining,
        LeaseState state,
        int round) {
    /** The columns that {@link #of} reads. */
    static final String COLUMNS =
            "seq, id, job_seq, worker_id, request_id, first, last, attempt, losses, remaining, state, round";

    static Lease of(ResultSet row, int number) throws SQLException {
        return new Lease(
                row.getLong("seq"),
                new LeaseId(row.getString("id")),
                row.getLong("job_seq"),
                new WorkerId(row.getString("worker_id")),
                row.getString("request_id"),
                row.getLong("first"),
                row.getLong("last"),
                Tries.of(row),
                row.getLong("remaining"),
                LeaseState.valueOf(row.getString("state")),
                row.getInt("round"));
    }

    /** Which try of its tasks it is, from 1, those that were lost apart. */
    public int attempt() {
        return tries.attempt();
    }

    /** How many tasks it was taken for. */
    public int count() {
        return Math.toIntExact(last - first);
    }
}
