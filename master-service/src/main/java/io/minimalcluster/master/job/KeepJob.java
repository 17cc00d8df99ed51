package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.job.TargetOfJob.Target;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.master.store.Work;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.job.JobOptions;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Lets a job that was received be seen, and run. */
@Component
public class KeepJob {
    private static final Logger log = LoggerFactory.getLogger(KeepJob.class);

    private final InstantSource clock;
    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final WorkBell bell;

    KeepJob(InstantSource clock, JsonMapper json, ArgumentLimits limits, WorkBell bell) {
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.bell = bell;
    }

    /**
     * Keeps a job whose arguments have come and were checked, and lets it run.
     *
     * @param before what is kept first, in the same transaction
     */
    public void keep(IncomingJob job, Target target, JobOptions options, Work<?> before) {
        JobOptionsRules.check(options);
        long total = job.arguments().total();
        NewJobRow row = new NewJobRow(
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
        job.received().keep(row, before);
        log.info(
                "event=job.queued job={} owner={} method={} tasks={}",
                job.id(),
                job.caller().owner(),
                target.function().signature(),
                total);
        bell.ring(Needs.of(options), total);
    }
}
