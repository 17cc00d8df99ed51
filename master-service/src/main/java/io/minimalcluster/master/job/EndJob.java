package io.minimalcluster.master.job;

import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.scheduling.Leases;
import io.minimalcluster.model.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends a job before all its tasks have an outcome. None of its tasks is allocated or recorded any more. */
public final class EndJob {
    private static final String REDUCTION_JOBS = """
            select seq from job where parent_seq = :seq and parent_seq is not null
               and state in ('QUEUED', 'RUNNING', 'PAUSED')
            """;
    private static final String DELETE_PENDING = "delete from pending_range where job_seq = :seq";

    private EndJob() {}

    /**
     * Ends a job in the transaction of the caller. Returns the workers to notify, or empty if the job had already
     * ended.
     */
    public static Optional<List<WorkerId>> end(
            JdbcClient sql, long seq, TerminationReason terminationReason, long now) {
        List<WorkerId> workers = new ArrayList<>(Leases.workersOf(sql, seq));
        if (!JobProgress.terminate(sql, seq, terminationReason, now)) {
            return Optional.empty();
        }
        sql.sql(DELETE_PENDING).param("seq", seq).update();
        Leases.endAllOf(sql, seq);
        reductionJobs(sql, seq)
                .forEach(child -> workers.addAll(
                        end(sql, child, TerminationReason.CANCELLED, now).orElse(List.of())));
        return Optional.of(workers);
    }

    /** The unfinished internal jobs of the job's reduction. They end together with the job. */
    private static List<Long> reductionJobs(JdbcClient sql, long seq) {
        return sql.sql(REDUCTION_JOBS)
                .param("seq", seq)
                .query((row, number) -> row.getLong(1))
                .list();
    }
}
