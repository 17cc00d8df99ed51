package io.minimalcluster.master.scheduling;

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
 * @param attempts what its tasks have been through, this try included
 * @param remaining how many of its tasks have no outcome
 * @param round of its job, which a retry begins anew
 * @param endTold where its end was cut: the poll whose answer told its worker, empty for none yet; null where it was
 *     not
 * @param copied whether its last task was given to a second worker too
 * @param copyOf of such a second copy: the lease that has the task, and that counts; 0 where it is none
 * @param charge what the silence of its worker costs its tasks, see {@link LossPolicy}; 0 while it is heard of
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
        @Nullable String endTold,
        boolean copied,
        long copyOf,
        int charge) {
    /** The columns that {@link #of} reads. */
    public static final String COLUMNS =
            "seq, id, job_seq, worker_id, request_id, first, last, attempt, losses, remaining, state, round, end_told,"
                    + " copied, copy_of, charge";

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
                row.getString("end_told"),
                row.getInt("copied") != 0,
                row.getLong("copy_of"),
                row.getInt("charge"));
    }

    public boolean holds(long index) {
        return index >= first && index < last;
    }

    public boolean isOpen() {
        return state == LeaseState.OPEN;
    }

    /** Whether it runs a task of another lease a second time. */
    public boolean isCopy() {
        return copyOf != 0;
    }

    /** Which try of its tasks it is, from 1, those that were lost apart. */
    public int attempt() {
        return attempts.attempt();
    }

    /** Whether its worker is silent, and its tasks were lost too often by that: they are to fail, and not to run. */
    public boolean isExhausted() {
        return charge > 0 && attemptsAfterExpiry().losses() >= LossPolicy.MOST_LOSSES;
    }

    /** What its tasks have been through if its worker is not heard of again. */
    LossPolicy attemptsAfterExpiry() {
        return attempts.afterLoss(charge);
    }

    /** How many tasks it was taken for. */
    public int count() {
        return Math.toIntExact(last - first);
    }
}
