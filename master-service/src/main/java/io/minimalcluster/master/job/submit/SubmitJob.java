package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.RecentJobs;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.submit.TargetResolver.Target;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.job.Job;
import io.minimalcluster.model.job.JobOptions;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Submits an uploaded job: makes it visible and queues its tasks. */
@Component
public class SubmitJob {
    private static final Logger log = LoggerFactory.getLogger(SubmitJob.class);

    private final InstantSource clock;
    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final PollRegistry pollRegistry;
    private final RecentJobs recentJobs;
    private final Jobs jobs;

    public SubmitJob(
            InstantSource clock,
            JsonMapper json,
            ArgumentLimits limits,
            PollRegistry pollRegistry,
            RecentJobs recentJobs,
            Jobs jobs) {
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.pollRegistry = pollRegistry;
        this.recentJobs = recentJobs;
        this.jobs = jobs;
    }

    /**
     * Inserts a job whose arguments are uploaded and checked, and notifies waiting polls. Returns the job.
     *
     * @param before runs first in the same transaction
     */
    public Supplier<Job> keep(JobUpload job, Target target, JobOptions options, UnitOfWork<?> before) {
        JobOptionsValidator.check(options);
        long total = job.arguments().total();
        JobInsert row = new JobInsert(
                job.id(),
                job.caller().owner(),
                target,
                options,
                json.writeValueAsString(options.withoutShared()),
                null,
                total,
                job.arguments().range(),
                clock.millis(),
                limits.jobsPerOwner());
        Inserted inserted = job.upload()
                .keep(
                        row,
                        before,
                        (sql, seq) -> Inserted.of(row.row(seq), jobs, sql),
                        () -> pollRegistry.notifyWork(JobRequirements.of(options), total),
                        committed ->
                                recentJobs.put(committed.row(), job.upload().unspilled()));
        log.info(
                "event=job.queued job={} owner={} method={} tasks={}",
                job.id(),
                job.caller().owner(),
                target.function().signature(),
                total);
        return inserted.view();
    }

    private record Inserted(JobRow row, Supplier<Job> view) {
        static Inserted of(JobRow row, Jobs jobs, JdbcClient sql) {
            return new Inserted(row, jobs.later(sql, row));
        }
    }
}
