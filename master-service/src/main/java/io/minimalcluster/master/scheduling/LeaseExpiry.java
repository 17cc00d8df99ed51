package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What silence does to leases, and what ends it. */
public final class LeaseExpiry {
    // "state in ('OPEN', 'LAPSED')" is what the indexes of live leases are made for: without it they are not used
    private static final String LAPSE_COUNTS = """
            update job set running = running - held.tasks, pending = pending + held.tasks,
                   leases = job.leases - held.batches
              from (select job_seq, sum(remaining) as tasks, count(*) as batches from lease
                     where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'OPEN'
                       and losses + charge < :most
                     group by job_seq) as held
             where job.seq = held.job_seq
            """;
    private static final String LAPSE = """
            update lease set state = 'LAPSED'
             where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'OPEN' and losses + charge < :most
            """;
    /**
     * It runs its leases in the order in which it got them, one in a slot: the others have not begun. Nor, most likely,
     * has what it was given for its newest poll, for it asks anew as soon as it has an answer; unless there are results
     * of it.
     */
    private static final String CHARGE = """
            update lease
               set charge = case when request_id <> (select coalesce(asked, '') from worker where id = :worker)
                                   or remaining < last - first
                                 then :loss else :doubtful end
             where seq in (select seq from lease where worker_id = :worker and state in ('OPEN', 'LAPSED')
                            order by seq limit (select slots from worker where id = :worker))
            """;

    private static final String REOPEN_COUNTS = """
            update job set running = running + held.tasks, pending = pending - held.tasks,
                   leases = job.leases + held.batches
              from (select job_seq, sum(remaining) as tasks, count(*) as batches from lease
                     where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'LAPSED'
                     group by job_seq) as held
             where job.seq = held.job_seq
            """;
    private static final String REOPEN = """
            update lease set state = 'OPEN', charge = 0 where worker_id = :worker and state in ('OPEN', 'LAPSED')
            """;
    private static final String LAPSED_OF_JOB =
            "select " + Lease.COLUMNS + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED')"
                    + " and state = 'LAPSED' and losses + charge < :limit order by seq limit 1";
    /** Those whose tasks have no further loss left; the number is that of the index. */
    private static final String WORN_OUT = "select " + Lease.COLUMNS
            + " from lease where losses >= 16 and state in ('OPEN', 'LAPSED') and state = 'OPEN'"
            + " and charge > 0 and losses + charge >= :most order by seq limit 1";

    private static final String WORKER_LOST = """
            update worker set state = 'LOST' where id = :worker and state = 'SILENT'
            """;

    private LeaseExpiry() {}

    /**
     * The worker was silent for too long: others may have its tasks now, but for those that were lost too often, which
     * nobody is to run again. How many leases that are.
     */
    public static int lapse(JdbcClient sql, WorkerId worker) {
        sql.sql(CHARGE)
                .param("loss", LossPolicy.LOSS)
                .param("doubtful", LossPolicy.DOUBTFUL_LOSS)
                .param("worker", worker.value())
                .update();
        SpeculativeCopies.leave(sql, worker);
        sql.sql(LAPSE_COUNTS)
                .param("most", LossPolicy.MOST_LOSSES)
                .param("worker", worker.value())
                .update();
        return sql.sql(LAPSE)
                .param("most", LossPolicy.MOST_LOSSES)
                .param("worker", worker.value())
                .update();
    }

    /** The worker is heard of again: what did not go to others is its own again. */
    public static void reopen(JdbcClient sql, WorkerId worker) {
        sql.sql(REOPEN_COUNTS).param("worker", worker.value()).update();
        sql.sql(REOPEN).param("worker", worker.value()).update();
    }

    /** A lease whose tasks were lost too often, so that their failure can be recorded under it. */
    public static Optional<Lease> findExhausted(JdbcClient sql) {
        return sql.sql(WORN_OUT)
                .param("most", LossPolicy.MOST_LOSSES)
                .query(Lease::of)
                .optional();
    }

    /**
     * Takes the tasks of one lapsed lease of the job from its worker for good, if they have fewer losses than so many;
     * false if there is none.
     */
    static boolean takeOver(JdbcClient sql, long jobSeq, int limit) {
        return sql.sql(LAPSED_OF_JOB)
                .param("job", jobSeq)
                .param("limit", limit)
                .query(Lease::of)
                .optional()
                .map(lease -> {
                    sql.sql(WORKER_LOST).param("worker", lease.worker().value()).update();
                    return Leases.free(sql, lease, LeaseState.LOST, lease.attemptsAfterExpiry());
                })
                .isPresent();
    }
}
