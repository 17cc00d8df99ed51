package io.minimalcluster.master.job.submit;

import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.RecentJobs;
import io.minimalcluster.master.job.argument.ArgumentLimits;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.submit.TargetResolver.Target;
import io.minimalcluster.master.scheduling.JobRequirements;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.UnitOfWork;
import io.minimalcluster.model.job.JobOptions;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private final JobSubscriptions subscriptions;

    public SubmitJob(
            InstantSource clock,
            JsonMapper json,
            ArgumentLimits limits,
            PollRegistry pollRegistry,
            RecentJobs recentJobs,
            JobSubscriptions subscriptions) {
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.pollRegistry = pollRegistry;
        this.recentJobs = recentJobs;
        this.subscriptions = subscriptions;
    }

    /**
     * A new job.
     *
     * @param isAwaited whether a waiting poll takes its first batch
     */
    public record Submitted(JobRow job, boolean isAwaited) {}

    /**
     * Inserts a job whose arguments are uploaded and checked, and notifies waiting polls.
     *
     * @param before runs first in the same transaction
     */
    public Submitted insert(JobUpload job, Target target, JobOptions options, UnitOfWork<?> before) {
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
        AtomicBoolean isAwaited = new AtomicBoolean();
        JobRow inserted = job.spool()
                .insert(
                        row,
                        before,
                        (_, seq) -> row.row(seq),
                        () -> isAwaited.set(pollRegistry.notifyWork(JobRequirements.of(options), total)),
                        committed -> committed(committed, job));
        log.info(
                "event=job.queued job={} owner={} method={} tasks={}",
                job.id(),
                job.caller().owner(),
                target.function().signature(),
                total);
        return new Submitted(inserted, isAwaited.get());
    }

    private void committed(JobRow row, JobUpload job) {
        recentJobs.put(row, job.spool().unspilled());
        if (!row.state().isTerminal()) {
            subscriptions.queued(row.id(), row.owner());
        }
    }
}
