package io.minimalcluster.master.job;

import io.minimalcluster.master.problem.MasterException.Conflict;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobState;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cancels a job: ended at once, its workers told. */
@Component
public class CancelJob {
    private static final Logger log = LoggerFactory.getLogger(CancelJob.class);

    private final Store store;
    private final InstantSource clock;
    private final WorkBell bell;
    private final JobWatch watch;

    CancelJob(Store store, InstantSource clock, WorkBell bell, JobWatch watch) {
        this.store = store;
        this.clock = clock;
        this.bell = bell;
        this.watch = watch;
    }

    void cancel(Caller caller, JobId id) {
        Cancelled cancelled = store.writeAndWait(sql -> cancel(sql, caller, id));
        if (cancelled.now()) {
            watch.ended(id);
        }
        watch.changed(cancelled.seq());
        bell.order(cancelled.workers());
        log.info("event=job.cancelled job={} by={}", id, caller.owner());
    }

    private Cancelled cancel(JdbcClient sql, Caller caller, JobId id) {
        JobRow job = Jobs.findOwn(sql, caller, id);
        if (job.state().isTerminal() && job.state() != JobState.CANCELLED) {
            throw new Conflict("Job " + id + " has ended already.", job.state().name());
        }
        Optional<List<WorkerId>> workers = EndJob.end(sql, job.seq(), JobEnding.CANCELLED, clock.millis());
        return new Cancelled(job.seq(), workers.isPresent(), workers.orElse(List.of()));
    }

    /** Stops a job that folds the values of another. */
    public void stopFolding(long seq) {
        bell.order(store.writeAndWait(
                sql -> EndJob.end(sql, seq, JobEnding.CANCELLED, clock.millis()).orElse(List.of())));
    }

    private record Cancelled(long seq, boolean now, List<WorkerId> workers) {}
}
