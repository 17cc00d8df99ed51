package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes a job in: nobody sees it before all of it is on disk, and nothing of it stays if it is broken. */
@Component
class SubmitJob {
    private static final Logger log = LoggerFactory.getLogger(SubmitJob.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final InstantSource clock;
    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final TargetOfJob targets;
    private final WorkBell bell;

    SubmitJob(
            Store store,
            InstantSource clock,
            JsonMapper json,
            ArgumentLimits limits,
            TargetOfJob targets,
            WorkBell bell) {
        this.store = store;
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.targets = targets;
        this.bell = bell;
    }

    /** Reads the job from a JSON body, and keeps it. */
    JobId submit(Caller caller, InputStream body) throws IOException {
        if (bell.isClosed()) {
            throw new Unavailable("The master is going down.", RETRY_AFTER);
        }
        try (ReceivedJob received = new ReceivedJob(store, caller.owner())) {
            JobBody job = new JobBody(json, limits, named -> targets.find(caller, named), received);
            job.read(body);
            JobId id = NewIds.job();
            received.keep(row(id, caller, job));
            log.info("job queued id={} owner={} method={} tasks={}", id, caller.owner(), job.signature(), job.total());
            bell.ring(Needs.of(job.options()), job.total());
            return id;
        }
    }

    private NewJobRow row(JobId id, Caller caller, JobBody job) {
        JobOptions options = job.options();
        return new NewJobRow(
                id,
                caller.owner(),
                targets.reducing(job.target(), options),
                options,
                json.writeValueAsString(options.withoutShared()),
                null,
                job.total(),
                job.range(),
                clock.millis(),
                limits.jobsPerOwner());
    }
}
