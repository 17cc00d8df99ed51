package io.minimalcluster.master.job;

import io.minimalcluster.master.argument.ArgumentLimits;
import io.minimalcluster.master.id.NewIds;
import io.minimalcluster.master.job.TargetOfJob.Target;
import io.minimalcluster.master.match.Needs;
import io.minimalcluster.master.problem.MasterException.InsufficientStorage;
import io.minimalcluster.master.problem.MasterException.Unavailable;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Room;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.store.Work;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.job.JobOptions;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes a job in: nobody sees it before all of it is on disk, and nothing of it stays if it is broken. */
@Component
public class SubmitJob {
    private static final Logger log = LoggerFactory.getLogger(SubmitJob.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Store store;
    private final Room room;
    private final InstantSource clock;
    private final JsonMapper json;
    private final ArgumentLimits limits;
    private final WorkBell bell;

    SubmitJob(Store store, Room room, InstantSource clock, JsonMapper json, ArgumentLimits limits, WorkBell bell) {
        this.store = store;
        this.room = room;
        this.clock = clock;
        this.json = json;
        this.limits = limits;
        this.bell = bell;
    }

    /**
     * Begins to take a job in.
     *
     * @throws InsufficientStorage if there is no room for anything new
     */
    public IncomingJob begin(Caller caller) {
        if (bell.isClosed()) {
            throw new Unavailable("The master is going down.", RETRY_AFTER);
        }
        room.check();
        ReceivedJob received = new ReceivedJob(store, caller.owner(), sql -> {
            room.check();
            NewJobRow.checkQuota(sql, caller.owner(), limits.jobsPerOwner());
        });
        PostedArguments arguments = new PostedArguments(new SmallField(json), limits, received);
        return new IncomingJob(caller, NewIds.job(), received, arguments);
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
                "job queued id={} owner={} method={} tasks={}",
                job.id(),
                job.caller().owner(),
                target.function().signature(),
                total);
        bell.ring(Needs.of(options), total);
    }
}
