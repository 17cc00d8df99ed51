package io.minimalcluster.master.job;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
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

/** Cancels a job. The job ends at once, and the workers that hold its leases are notified. */
@Component
public class CancelJob {
    private static final Logger log = LoggerFactory.getLogger(CancelJob.class);

    private final Store store;
    private final InstantSource clock;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;

    CancelJob(Store store, InstantSource clock, PollRegistry pollRegistry, JobSubscriptions subscriptions) {
        this.store = store;
        this.clock = clock;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
    }

    void cancel(Caller caller, JobId id) {
        Cancelled cancelled = store.writeAndWait(AuditedCall.with(id.value(), sql -> cancel(sql, caller, id)));
        if (cancelled.now()) {
            subscriptions.ended(id);
        }
        subscriptions.changed(cancelled.seq());
        pollRegistry.notifyOrders(cancelled.workers());
        log.info("event=job.cancelled job={} by={}", id, caller.owner());
    }

    private Cancelled cancel(JdbcClient sql, Caller caller, JobId id) {
        JobRow job = Jobs.findOwn(sql, caller, id);
        if (job.state().isTerminal() && job.state() != JobState.CANCELLED) {
            throw new Conflict("Job " + id + " has ended already.", job.state().name());
        }
        Optional<List<WorkerId>> workers = EndJob.end(sql, job.seq(), TerminationReason.CANCELLED, clock.millis());
        return new Cancelled(job.seq(), workers.isPresent(), workers.orElse(List.of()));
    }

    /** Cancels the internal job of a reduction. */
    public void cancelReductionJob(long seq) {
        pollRegistry.notifyOrders(
                store.writeAndWait(sql -> EndJob.end(sql, seq, TerminationReason.CANCELLED, clock.millis())
                        .orElse(List.of())));
    }

    private record Cancelled(long seq, boolean now, List<WorkerId> workers) {}
}
