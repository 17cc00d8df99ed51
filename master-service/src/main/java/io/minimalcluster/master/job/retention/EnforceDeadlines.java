package io.minimalcluster.master.job.retention;

import io.minimalcluster.master.job.EndJob;
import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.job.state.TerminationReason;
import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends jobs whose deadline has passed, by the clock of this master. */
@Component
public class EnforceDeadlines implements MaintenanceTask {
    private static final Logger log = LoggerFactory.getLogger(EnforceDeadlines.class);
    private static final String OVERDUE = """
            select seq, id from job
             where deadline_at <= :now and state in ('QUEUED', 'RUNNING', 'PAUSED')
             order by deadline_at limit 1000
            """;

    private final Store store;
    private final InstantSource clock;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;

    public EnforceDeadlines(
            Store store, InstantSource clock, PollRegistry pollRegistry, JobSubscriptions subscriptions) {
        this.store = store;
        this.clock = clock;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
    }

    @Override
    public void tick() {
        long now = clock.millis();
        store.read(sql -> sql.sql(OVERDUE)
                        .param("now", now)
                        .query((row, number) -> new Overdue(row.getLong("seq"), new JobId(row.getString("id"))))
                        .list())
                .forEach(job -> end(job, now));
    }

    private void end(Overdue job, long now) {
        Optional<List<WorkerId>> workers =
                store.writeAndWait(sql -> EndJob.end(sql, job.seq(), TerminationReason.DEADLINE, now));
        if (workers.isPresent()) {
            log.info("event=job.deadline-exceeded job={}", job.id());
            subscriptions.ended(job.id());
            subscriptions.changed(job.seq());
            pollRegistry.notifyOrders(workers.get());
        }
    }

    private record Overdue(long seq, JobId id) {}
}
