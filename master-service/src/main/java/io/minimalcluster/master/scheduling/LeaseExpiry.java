package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.model.WorkerId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Expires the leases of silent workers and reopens the leases of workers that return. */
public final class LeaseExpiry {
    // The condition "state in ('OPEN', 'LAPSED')" matches the partial indexes of unfinished leases; without it they are
    // not used.
    private static final String LAPSE = """
            update lease set state = 'LAPSED'
             where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'OPEN'
               and loss_quarters + provisional_loss_quarters < :maxLosses
            """;
    /**
     * A worker runs its leases in the order in which it got them, one per slot, so later leases have not started. A
     * lease from its newest poll has most likely not started either, unless it has results: the worker polls again
     * after each response.
     */
    private static final String CHARGE = """
            update lease
               set provisional_loss_quarters =
                   case when request_id <> (select coalesce(last_request_id, '') from worker where id = :worker)
                          or remaining < last - first
                        then :loss else :undelivered end
             where seq in (select seq from lease where worker_id = :worker and state in ('OPEN', 'LAPSED')
                            order by seq limit (select slots from worker where id = :worker))
            """;

    private static final String REOPEN = """
            update lease set state = 'OPEN', provisional_loss_quarters = 0
             where worker_id = :worker and state in ('OPEN', 'LAPSED')
            """;
    private static final String LAPSED_OF_JOB =
            "select " + Lease.COLUMNS + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED')"
                    + " and state = 'LAPSED' and loss_quarters + provisional_loss_quarters < :limit"
                    + " order by seq limit 1";
    /** Leases whose tasks have reached the limit of losses; the number is that of the index. */
    private static final String EXHAUSTED = "select " + Lease.COLUMNS
            + " from lease where loss_quarters >= 16 and state in ('OPEN', 'LAPSED') and state = 'OPEN'"
            + " and provisional_loss_quarters > 0 and loss_quarters + provisional_loss_quarters >= :maxLosses"
            + " order by seq limit 1";

    private static final String WORKER_LOST = """
            update worker set state = 'LOST' where id = :worker and state = 'SILENT'
            """;

    private LeaseExpiry() {}

    /**
     * Marks the leases of a silent worker as LAPSED, so that their tasks may go to other workers. Leases whose tasks
     * have reached the limit of losses stay OPEN, because their tasks are not run again. Returns the number of lapsed
     * leases.
     */
    public static int expire(JdbcClient sql, WorkerId worker) {
        sql.sql(CHARGE)
                .param("loss", LossPolicy.LOSS)
                .param("undelivered", LossPolicy.UNDELIVERED_LOSS)
                .param("worker", worker.value())
                .update();
        SpeculativeCopies.handleSilentWorker(sql, worker);
        JobProgress.expireLeases(sql, worker, LossPolicy.MAX_LOSSES);
        return sql.sql(LAPSE)
                .param("maxLosses", LossPolicy.MAX_LOSSES)
                .param("worker", worker.value())
                .update();
    }

    /** Reopens the LAPSED leases of a worker that returned. */
    public static void reopen(JdbcClient sql, WorkerId worker) {
        JobProgress.reopenLeases(sql, worker);
        sql.sql(REOPEN).param("worker", worker.value()).update();
    }

    /** Finds a lease whose tasks have reached the limit of losses, so that their failure can be recorded. */
    public static Optional<Lease> findExhausted(JdbcClient sql) {
        return sql.sql(EXHAUSTED)
                .param("maxLosses", LossPolicy.MAX_LOSSES)
                .query(Lease::of)
                .optional();
    }

    /**
     * Marks one LAPSED lease of the job as LOST and makes its tasks pending, if they have fewer losses than
     * {@code limit}. Returns false if there is none.
     */
    static boolean takeOver(JdbcClient sql, long jobSeq, int limit) {
        return sql.sql(LAPSED_OF_JOB)
                .param("job", jobSeq)
                .param("limit", limit)
                .query(Lease::of)
                .optional()
                .map(lease -> {
                    sql.sql(WORKER_LOST).param("worker", lease.worker().value()).update();
                    return Leases.release(sql, lease, LeaseState.LOST, lease.attemptsAfterExpiry(), Postponement.NONE);
                })
                .isPresent();
    }
}
