package io.minimalcluster.master.job;

import io.minimalcluster.master.audit.AuditedCall;
import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.Conflict;
import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes jobs with all their rows. A job is hidden at once, and its rows are removed in chunks in the background. At
 * startup this also removes jobs whose upload was interrupted by a crash.
 */
@Component
public class DeleteJob implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(DeleteJob.class);

    /** Rows per transaction. A row of results or arguments may be megabytes long. */
    private static final int CHUNK = 32;

    private static final List<String> CHUNKS = List.of(
            chunk("argument_segment", "first"),
            chunk("result_segment", "position"),
            chunk("lease", "seq"),
            "delete from pending_range where job_seq = :job",
            "delete from returned_range where job_seq = :job",
            "delete from job_label where job_seq = :job",
            "delete from shared_value where job_seq = :job",
            "delete from reduced_value where job_seq = :job",
            "delete from reduction where job_seq = :job");
    private static final String REDUCTION_JOBS =
            "select seq from job where parent_seq = :job and parent_seq is not null";
    private static final String HIDDEN = "select seq from job where state in ('RECEIVING', 'DELETED')";

    private final Store store;
    private final Executor background;

    @Autowired
    DeleteJob(Store store) {
        this(store, task -> Thread.ofVirtual().name("delete-job").start(task));
    }

    /** @param background executor for the removal of rows */
    DeleteJob(Store store, Executor background) {
        this.store = store;
        this.background = background;
    }

    private static String chunk(String table, String key) {
        return "delete from " + table + " where job_seq = :job and " + key + " in (select " + key + " from " + table
                + " where job_seq = :job order by " + key + " limit " + CHUNK + ")";
    }

    /** Hides the job permanently and removes its rows in the background. Returns its number. */
    long delete(Caller caller, JobId id) {
        List<Long> hidden = store.writeAndWait(AuditedCall.with(id.value(), sql -> {
            JobRow job = Jobs.findOwn(sql, caller, id);
            if (!job.state().isTerminal()) {
                throw new Conflict(
                        "Job " + id + " has not ended: cancel it first.",
                        job.state().name());
            }
            return hideWithReductionJobs(sql, job.seq());
        }));
        removeRowsLater(hidden);
        return hidden.getFirst();
    }

    /**
     * Hides a job and the internal jobs of its reduction. The caller has to remove the rows of all of them. Returns the
     * numbers of the hidden jobs, that of the job itself first.
     */
    public static List<Long> hideWithReductionJobs(JdbcClient sql, long seq) {
        JobProgress.delete(sql, seq);
        return Stream.concat(Stream.of(seq), hideReductionJobs(sql, seq).stream())
                .toList();
    }

    /** Hides the internal jobs of a job's reduction. The caller has to remove their rows. */
    public static List<Long> hideReductionJobs(JdbcClient sql, long seq) {
        List<Long> children = sql.sql(REDUCTION_JOBS)
                .param("job", seq)
                .query((row, number) -> row.getLong(1))
                .list();
        children.forEach(child -> JobProgress.delete(sql, child));
        return children;
    }

    /** Removes all rows of hidden jobs in the background. */
    public void removeRowsLater(List<Long> jobs) {
        background.execute(() -> tryRemoveRows(store, jobs));
    }

    /** Removes all rows of hidden jobs. After a failure the remaining rows are removed at the next start. */
    public static void tryRemoveRows(Store store, List<Long> jobs) {
        try {
            jobs.forEach(seq -> removeRows(store, seq));
        } catch (MasterException e) {
            log.warn("event=job.deletion-postponed jobs={} reason=\"{}\"", jobs, e.detail());
        }
    }

    /** Removes all rows of a hidden job. */
    public static void removeRows(Store store, long seq) {
        for (String chunk : CHUNKS) {
            int deleted;
            do {
                deleted = store.writeAndWait(
                        sql -> sql.sql(chunk).param("job", seq).update());
            } while (deleted == CHUNK);
        }
        store.writeAndWait(sql -> {
            JobProgress.remove(sql, seq);
            return seq;
        });
    }

    /**
     * Runs before the master accepts calls, so that every job hidden at this time is an abandoned upload or a deleted
     * job.
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<Long> hidden = store.read(sql -> sql.sql(HIDDEN).query(Long.class).list());
        removeRowsLater(hidden);
    }
}
