package io.minimalcluster.master.job.control;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.job.JobRow;
import io.minimalcluster.master.job.Jobs;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pauses and resumes a job. While a job is paused, its running batches finish and no new batch is allocated. */
@Component
public class PauseJob {
    private static final Logger log = LoggerFactory.getLogger(PauseJob.class);

    private final Store store;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;

    public PauseJob(Store store, PollRegistry pollRegistry, JobSubscriptions subscriptions) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
    }

    /** Pauses a job. A job that is already paused stays paused. */
    public void pause(Caller caller, JobId id) {
        change(caller, id, JobProgress::pause);
        log.info("event=job.paused job={} by={}", id, caller.owner());
    }

    /** Resumes a job. A job that is not paused stays unchanged. */
    public void resume(Caller caller, JobId id) {
        change(caller, id, JobProgress::resume);
        pollRegistry.notifyAllWaiting(); // a worker may be unable to take tasks with earlier losses
        log.info("event=job.resumed job={} by={}", id, caller.owner());
    }

    private void change(Caller caller, JobId id, ObjLongConsumer<JdbcClient> change) {
        JobRow job = store.writeAndWait(AuditedCall.with(id.value(), sql -> change(sql, caller, id, change)));
        subscriptions.changed(job.seq());
    }

    private static JobRow change(JdbcClient sql, Caller caller, JobId id, ObjLongConsumer<JdbcClient> change) {
        JobRow job = Jobs.findOwn(sql, caller, id);
        if (job.state().isTerminal()) {
            throw new Conflict("Job " + id + " has ended.", job.state().name());
        }
        change.accept(sql, job.seq());
        return job;
    }
}
