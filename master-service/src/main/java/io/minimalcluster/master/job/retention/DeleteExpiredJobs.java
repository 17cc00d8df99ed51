package io.minimalcluster.master.job.retention;

import io.minimalcluster.master.environment.UnusedEnvironmentCleanup;
import io.minimalcluster.master.job.DeleteJob;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deletes jobs after their retention time, and then environments without owner, function and job. */
@Component
public class DeleteExpiredJobs implements MaintenanceTask {
    private static final Logger log = LoggerFactory.getLogger(DeleteExpiredJobs.class);

    /** Jobs per query. */
    private static final int CHUNK = 100;

    private static final String BY_DEFAULT = """
            select seq, id from job
             where retention_millis is null and coalesce(parent_seq, 0) = 0
               and state in ('SUCCEEDED', 'FAILED', 'CANCELLED') and finished_at <= :before
             order by finished_at limit :piece
            """;
    private static final String BY_JOB_OPTION = """
            select seq, id from job
             where retention_millis is not null and state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
               and finished_at + retention_millis <= :before
             order by finished_at + retention_millis limit :piece
            """;
    private static final String STILL_ENDED = """
            select seq from job where seq = :seq and state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
            """;

    private final Store store;
    private final InstantSource clock;
    private final RetentionSettings settings;
    private final UnusedEnvironmentCleanup environments;
    private final JobSubscriptions subscriptions;

    public DeleteExpiredJobs(
            Store store,
            InstantSource clock,
            RetentionSettings settings,
            UnusedEnvironmentCleanup environments,
            JobSubscriptions subscriptions) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.environments = environments;
        this.subscriptions = subscriptions;
    }

    /** Deletes the next expired jobs and unused environments. */
    @Override
    public void tick() {
        long now = clock.millis();
        delete(BY_DEFAULT, now - settings.keep().toMillis());
        delete(BY_JOB_OPTION, now);
        environments.tick(now);
    }

    private void delete(String query, long before) {
        List<Expired> expired = store.read(sql -> sql.sql(query)
                .params(Map.of("before", before, "piece", CHUNK))
                .query((row, number) -> new Expired(row.getLong("seq"), new JobId(row.getString("id"))))
                .list());
        expired.forEach(this::delete);
    }

    private void delete(Expired job) {
        // The job may have been retried since the query.
        List<Long> hidden = store.writeAndWait(sql -> hide(sql, job.seq()));
        if (!hidden.isEmpty()) {
            log.info("event=job.expired job={}", job.id());
            subscriptions.endWaits(job.id());
            subscriptions.changed(job.seq());
            hidden.forEach(seq -> DeleteJob.removeRows(store, seq));
        }
    }

    private static List<Long> hide(JdbcClient sql, long seq) {
        boolean hasEnded = sql.sql(STILL_ENDED)
                .param("seq", seq)
                .query(Long.class)
                .optional()
                .isPresent();
        return hasEnded ? DeleteJob.hideWithReductionJobs(sql, seq) : List.of();
    }

    private record Expired(long seq, JobId id) {}
}
