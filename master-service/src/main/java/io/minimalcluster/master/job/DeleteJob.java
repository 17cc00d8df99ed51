package io.minimalcluster.master.job;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.master.error.MasterException.Conflict;
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
 * Deletes jobs with all that is kept of them: hidden at once, then taken away piece by piece, so that nobody waits for
 * a large one; also those whose upload a crash cut off.
 */
@Component
public class DeleteJob implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(DeleteJob.class);

    /** Rows that go together; a row of results or arguments may be megabytes. */
    private static final int PIECE = 32;

    private static final List<String> PIECES = List.of(
            piece("argument_segment", "first"),
            piece("result_segment", "position"),
            piece("lease", "seq"),
            "delete from pending_range where job_seq = :job",
            "delete from given_back where job_seq = :job",
            "delete from job_label where job_seq = :job",
            "delete from shared_value where job_seq = :job",
            "delete from reduced_value where job_seq = :job",
            "delete from reduction where job_seq = :job",
            "delete from job where seq = :job");
    private static final String HIDE = """
            update job set state = 'DELETED', environment_id = null where seq = :job
            """;
    private static final String FOLDED_BY = "select seq from job where parent_seq = :job and parent_seq is not null";
    private static final String HIDDEN = "select seq from job where state in ('RECEIVING', 'DELETED')";

    private final Store store;
    private final Executor background;

    @Autowired
    DeleteJob(Store store) {
        this(store, task -> Thread.ofVirtual().name("delete-job").start(task));
    }

    /** @param background runs what nobody is to wait for */
    DeleteJob(Store store, Executor background) {
        this.store = store;
        this.background = background;
    }

    private static String piece(String table, String key) {
        return "delete from " + table + " where job_seq = :job and " + key + " in (select " + key + " from " + table
                + " where job_seq = :job order by " + key + " limit " + PIECE + ")";
    }

    /** Hides it for good; what takes long is done by and by. The number that it had. */
    long delete(Caller caller, JobId id) {
        List<Long> hidden = store.writeAndWait(sql -> {
            JobRow job = Jobs.findOwn(sql, caller, id);
            if (!job.state().isTerminal()) {
                throw new Conflict(
                        "Job " + id + " has not ended: cancel it first.",
                        job.state().name());
            }
            return hideWhole(sql, job.seq());
        });
        removeRowsLater(hidden);
        return hidden.getFirst();
    }

    /** Hides a job and what folded its values, all of which are to be taken away next: the job first. */
    public static List<Long> hideWhole(JdbcClient sql, long seq) {
        hide(sql, seq);
        return Stream.concat(Stream.of(seq), hideFolding(sql, seq).stream()).toList();
    }

    /** Hides what folded the values of a job; those are to be taken away next. */
    public static List<Long> hideFolding(JdbcClient sql, long seq) {
        List<Long> folded = sql.sql(FOLDED_BY)
                .param("job", seq)
                .query((row, number) -> row.getLong(1))
                .list();
        folded.forEach(child -> hide(sql, child));
        return folded;
    }

    /** Hides a job; it is to be taken away next. */
    public static void hide(JdbcClient sql, long seq) {
        sql.sql(HIDE).param("job", seq).update();
    }

    /** Takes away, without anybody waiting for it, all that is kept of jobs that were hidden. */
    public void removeRowsLater(List<Long> jobs) {
        background.execute(() -> tryRemoveRows(store, jobs));
    }

    /** What is left now is taken away after the next start. */
    public static void tryRemoveRows(Store store, List<Long> jobs) {
        try {
            jobs.forEach(seq -> removeRows(store, seq));
        } catch (MasterException e) {
            log.warn("event=job.deletion-postponed jobs={} reason=\"{}\"", jobs, e.detail());
        }
    }

    /** Takes away all that is kept of a job that nobody sees. */
    public static void removeRows(Store store, long seq) {
        for (String piece : PIECES) {
            int deleted;
            do {
                deleted = store.writeAndWait(
                        sql -> sql.sql(piece).param("job", seq).update());
            } while (deleted == PIECE);
        }
    }

    /** Looks before anybody can call, for what is hidden then is nobody's upload. */
    @Override
    public void afterSingletonsInstantiated() {
        List<Long> hidden = store.read(sql -> sql.sql(HIDDEN).query(Long.class).list());
        removeRowsLater(hidden);
    }
}
