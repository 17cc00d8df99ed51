package io.minimalcluster.master.lease;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A worker's right to a batch.
 *
 * @param requestId of the poll that it was taken for
 * @param first the first index
 * @param last the index after the last
 * @param tries what its tasks have been through, this try included
 * @param remaining how many of its tasks have no outcome
 * @param round of its job, which a retry begins anew
 * @param endTold where its end was cut: the poll whose answer told its worker, empty for none yet; null where it was
 *     not
 * @param copied whether its last task was given to a second worker too
 * @param copyOf of such a second copy: the lease that has the task, and that counts; 0 where it is none
 * @param charge what the silence of its worker costs its tasks, see {@link Tries}; 0 while it is heard of
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
        int round,
        @Nullable String endTold,
        boolean copied,
        long copyOf,
        int charge) {
    /** The columns that {@link #of} reads. */
    static final String COLUMNS =
            "seq, id, job_seq, worker_id, request_id, first, last, attempt, losses, remaining, state, round, end_told,"
                    + " copied, copy_of, charge";

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
                row.getInt("round"),
                row.getString("end_told"),
                row.getInt("copied") != 0,
                row.getLong("copy_of"),
                row.getInt("charge"));
    }

    boolean holds(long index) {
        return index >= first && index < last;
    }

    boolean isOpen() {
        return state == LeaseState.OPEN;
    }

    /** Whether it runs a task of another lease a second time. */
    public boolean isCopy() {
        return copyOf != 0;
    }

    /** Which try of its tasks it is, from 1, those that were lost apart. */
    public int attempt() {
        return tries.attempt();
    }

    /** Whether its worker is silent, and its tasks were lost too often by that: they are to fail, and not to run. */
    boolean isWornOut() {
        return charge > 0 && triesAfterSilence().losses() >= Tries.MOST_LOSSES;
    }

    /** What its tasks have been through if its worker is not heard of again. */
    Tries triesAfterSilence() {
        return tries.afterLoss(charge);
    }

    /** How many tasks it was taken for. */
    public int count() {
        return Math.toIntExact(last - first);
    }
}
