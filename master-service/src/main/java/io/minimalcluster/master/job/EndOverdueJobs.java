package io.minimalcluster.master.job;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Ends jobs whose deadline has passed, by this master's clock. */
@Component
class EndOverdueJobs {
    private static final Logger log = LoggerFactory.getLogger(EndOverdueJobs.class);
    private static final String OVERDUE = """
            select seq, id from job
             where deadline_at <= :now and state in ('QUEUED', 'RUNNING', 'PAUSED')
             order by deadline_at limit 1000
            """;

    private final Store store;
    private final InstantSource clock;
    private final WorkBell bell;
    private final JobWatch watch;

    EndOverdueJobs(Store store, InstantSource clock, WorkBell bell, JobWatch watch) {
        this.store = store;
        this.clock = clock;
        this.bell = bell;
        this.watch = watch;
    }

    void tick() {
        long now = clock.millis();
        store.read(sql -> sql.sql(OVERDUE)
                        .param("now", now)
                        .query((row, number) -> new Overdue(row.getLong("seq"), new JobId(row.getString("id"))))
                        .list())
                .forEach(job -> end(job, now));
    }

    private void end(Overdue job, long now) {
        Optional<List<WorkerId>> workers =
                store.writeAndWait(sql -> EndJob.end(sql, job.seq(), JobEnding.DEADLINE, now));
        if (workers.isPresent()) {
            log.info("event=job.deadline-exceeded job={}", job.id());
            watch.ended(job.id());
            watch.changed(job.seq());
            bell.order(workers.get());
        }
    }

    private record Overdue(long seq, JobId id) {}
}
