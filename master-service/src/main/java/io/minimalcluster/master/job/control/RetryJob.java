package io.minimalcluster.master.job.control;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.DeleteJob;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.job.submit.JobInsert;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Retries the failed and cancelled tasks of a job in a new round with fresh budgets of attempts. Leases of an earlier
 * round cannot record results in the new one. The log keeps the results of earlier rounds.
 */
@Component
public class RetryJob {
    private static final Logger log = LoggerFactory.getLogger(RetryJob.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final String DELETE_REDUCTION = "delete from reduction where job_seq = :seq";

    /** If every task has succeeded, only the reduction failed or was interrupted. */
    private static final String REDUCE_AGAIN = """
            insert into reduction (job_seq, next_index) select seq, 0 from job where seq = :seq and state = 'RUNNING'
            """;

    private final Store store;
    private final InstantSource clock;
    private final ArgumentLimits limits;
    private final DeleteJob delete;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;

    public RetryJob(
            Store store,
            InstantSource clock,
            ArgumentLimits limits,
            DeleteJob delete,
            PollRegistry pollRegistry,
            JobSubscriptions subscriptions) {
        this.store = store;
        this.clock = clock;
        this.limits = limits;
        this.delete = delete;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
    }

    public void retry(Caller caller, JobId id) {
        if (pollRegistry.isClosed()) {
            throw new Unavailable("The master is shutting down.", RETRY_AFTER);
        }
        Retried retried = store.writeAndWait(AuditedCall.with(id.value(), sql -> retry(sql, caller, id)));
        JobRow before = retried.before();
        delete.removeRowsLater(retried.reductionJobs());
        long tasks = before.tasks().total() - before.tasks().succeeded();
        log.info("event=job.retried job={} by={} tasks={}", id, caller.owner(), tasks);
        subscriptions.changed(before.seq());
        pollRegistry.notifyWork(JobRequirements.of(before.executionMode().requirements()), tasks);
    }

    private Retried retry(JdbcClient sql, Caller caller, JobId id) {
        JobRow job = Jobs.findOwn(sql, caller, id);
        boolean isRetryable = switch (job.state()) {
            case FAILED, CANCELLED -> true;
            case QUEUED, RUNNING, PAUSED, SUCCEEDED -> false;
        };
        if (!isRetryable) {
            throw new Conflict(
                    "Only a job that FAILED or was CANCELLED is retried, and job " + id + " is " + job.state() + ".",
                    job.state().name());
        }
        JobInsert.checkQuota(sql, job.owner(), limits.jobsPerOwner());
        JobOptions options = JsonMapper.shared().readValue(job.options(), JobOptions.class);
        JobInsert.checkRequirements(sql, job.owner(), options);
        JobProgress.retry(sql, job.seq(), JobInsert.deadline(options, clock.millis()));
        List<Long> reductionJobs = DeleteJob.hideReductionJobs(sql, job.seq());
        sql.sql(DELETE_REDUCTION).param("seq", job.seq()).update();
        sql.sql(REDUCE_AGAIN).param("seq", job.seq()).update();
        return new Retried(job, reductionJobs);
    }

    /**
     * Result of a retry.
     *
     * @param before the job before the retry
     * @param reductionJobs internal jobs of the last round's reduction, to be removed
     */
    private record Retried(JobRow before, List<Long> reductionJobs) {}
}
