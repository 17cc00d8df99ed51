package io.minimalcluster.master.job;

import io.minimalcluster.master.lease.Leases;
import io.minimalcluster.master.problem.MasterException.Conflict;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Cancels a job: ended at once, its workers told. */
@Component
public class CancelJob {
    private static final Logger log = LoggerFactory.getLogger(CancelJob.class);
    private static final String CANCEL = """
            update job set state = 'CANCELLED', finished_at = :now, pending = 0, running = 0, leases = 0
             where seq = :seq and state in ('QUEUED', 'RUNNING', 'PAUSED')
            """;
    private static final String FOLDING = """
            select seq from job where parent_seq = :seq and parent_seq is not null
               and state in ('QUEUED', 'RUNNING', 'PAUSED')
            """;
    private static final String FORGET_PENDING = "delete from pending_range where job_seq = :seq";

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
        List<WorkerId> workers = store.writeAndWait(sql -> cancel(sql, caller, id));
        watch.ended(id);
        bell.order(workers);
        log.info("job cancelled id={} by={}", id, caller.owner());
    }

    private List<WorkerId> cancel(JdbcClient sql, Caller caller, JobId id) {
        JobRow job = Jobs.findOwn(sql, caller, id);
        if (job.state() == JobState.CANCELLED) {
            return List.of();
        }
        if (job.state().isTerminal()) {
            throw new Conflict("Job " + id + " has ended already.", job.state().name());
        }
        List<WorkerId> workers = new ArrayList<>(stop(sql, job.seq()));
        sql.sql(FOLDING)
                .param("seq", job.seq())
                .query(Long.class)
                .list()
                .forEach(child -> workers.addAll(stop(sql, child)));
        return workers;
    }

    /** Stops a job that folds the values of another. */
    public void stopFolding(long seq) {
        bell.order(store.writeAndWait(sql -> stop(sql, seq)));
    }

    private List<WorkerId> stop(JdbcClient sql, long seq) {
        List<WorkerId> workers = Leases.workersOf(sql, seq);
        sql.sql(CANCEL).param("now", clock.millis()).param("seq", seq).update();
        sql.sql(FORGET_PENDING).param("seq", seq).update();
        Leases.endAllOf(sql, seq);
        return workers;
    }
}
