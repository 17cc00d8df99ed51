package io.minimalcluster.master.lease;

import io.minimalcluster.model.WorkerId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What silence does to leases, and what ends it. */
public final class Silence {
    // "state in ('OPEN', 'LAPSED')" is what the indexes of live leases are made for: without it they are not used
    private static final String LAPSE_COUNTS = """
            update job set running = running - held.tasks, pending = pending + held.tasks,
                   leases = job.leases - held.batches
              from (select job_seq, sum(remaining) as tasks, count(*) as batches from lease
                     where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'OPEN'
                     group by job_seq) as held
             where job.seq = held.job_seq
            """;
    private static final String LAPSE = """
            update lease set state = 'LAPSED'
             where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'OPEN'
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
            update lease set state = 'OPEN'
             where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'LAPSED'
            """;
    private static final String LAPSED_OF_JOB =
            "select " + Lease.COLUMNS + " from lease where job_seq = :job and state in ('OPEN', 'LAPSED')"
                    + " and state = 'LAPSED' order by seq limit 1";
    private static final String WORKER_LOST = """
            update worker set state = 'LOST' where id = :worker and state = 'SILENT'
            """;

    private Silence() {}

    /** The worker was silent for too long: others may have its tasks now. How many leases that are. */
    public static int lapse(JdbcClient sql, WorkerId worker) {
        SecondCopies.leave(sql, worker);
        sql.sql(LAPSE_COUNTS).param("worker", worker.value()).update();
        return sql.sql(LAPSE).param("worker", worker.value()).update();
    }

    /** The worker is heard of again: what did not go to others is its own again. */
    public static void reopen(JdbcClient sql, WorkerId worker) {
        sql.sql(REOPEN_COUNTS).param("worker", worker.value()).update();
        sql.sql(REOPEN).param("worker", worker.value()).update();
    }

    /** Takes the tasks of one lapsed lease of the job from its worker for good; false if there is none. */
    static boolean takeOver(JdbcClient sql, long jobSeq) {
        return sql.sql(LAPSED_OF_JOB)
                .param("job", jobSeq)
                .query(Lease::of)
                .optional()
                .map(lease -> {
                    sql.sql(WORKER_LOST).param("worker", lease.worker().value()).update();
                    return Leases.free(sql, lease, LeaseState.LOST);
                })
                .isPresent();
    }
}
