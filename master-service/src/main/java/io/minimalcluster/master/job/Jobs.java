package io.minimalcluster.master.job;

import io.minimalcluster.master.error.MasterException.NotFound;
import io.minimalcluster.master.http.page.PageRequest;
import io.minimalcluster.master.security.Caller;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.Page;
import io.minimalcluster.model.job.Job;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Queries of jobs in the store, with the caller's permissions applied. */
@Component
public class Jobs {
    private static final String EXISTS = "state not in ('RECEIVING', 'DELETED')";
    private static final String VISIBLE = "parent_seq is null and " + EXISTS;
    private static final String FIND = "select " + JobRow.COLUMNS + " from job where id = :id and " + VISIBLE;
    private static final String BY_SEQ = "select " + JobRow.COLUMNS + " from job where seq = :seq and " + EXISTS;
    private static final String LIST = "select " + JobRow.COLUMNS + """
             from job
            where seq < :before and (:all or owner = :owner)
              and\s""" + VISIBLE + """
              and (cast(:state as text) is null or state = :state)
            """;
    private static final String NEWEST_FIRST = " order by seq desc limit :limit";

    private final Store store;
    private final JobView view;

    public Jobs(Store store, JobView view) {
        this.store = store;
        this.view = view;
    }

    /**
     * Finds a job.
     *
     * @throws NotFound if the job does not exist or the caller may not see it
     */
    public JobRow find(Caller caller, JobId id) {
        return store.read(sql -> find(sql, caller, id));
    }

    /** Finds a job like {@link #find(Caller, JobId)}, in the transaction of the caller. */
    public static JobRow find(JdbcClient sql, Caller caller, JobId id) {
        return sql.sql(FIND)
                .param("id", id.value())
                .query(JobRow::of)
                .optional()
                .filter(job -> caller.sees(job.owner()))
                .orElseThrow(() -> new NotFound("job " + id));
    }

    /**
     * Finds a job for a change.
     *
     * @throws NotFound if the job does not exist or the caller does not own it
     */
    public static JobRow findOwn(JdbcClient sql, Caller caller, JobId id) {
        JobRow job = find(sql, caller, id);
        if (!caller.owns(job.owner())) {
            throw new NotFound("job " + id + " of yours");
        }
        return job;
    }

    /** Finds a job by its number. */
    public static Optional<JobRow> bySeq(JdbcClient sql, long seq) {
        return sql.sql(BY_SEQ).param("seq", seq).query(JobRow::of).optional();
    }

    /** The API representation of a job, if the caller may see it. */
    public Job show(Caller caller, JobId id) {
        return view.ofOne(find(caller, id).visibleTo(caller));
    }

    /**
     * The API representation of a new job of the caller.
     *
     * @param isAwaited whether a waiting poll takes its first batch
     */
    public Job show(JobRow job, boolean isAwaited) {
        return isAwaited ? view.ofAwaited(job) : view.ofOne(job);
    }

    public Page<Job> list(Caller caller, PageRequest page, JobFilter filter) {
        PageRequest.Rows<JobRow> rows = store.read(sql -> sql.sql(LIST + filter.conditions() + NEWEST_FIRST)
                .param("before", page.before())
                .param("limit", page.oneMore())
                .param("all", caller.seesAll())
                .param("owner", caller.owner())
                .params(filter.values())
                .query(page.reader(JobRow::of)));
        return page.page(rows, JobRow::seq, view.of(rows.rows()).compose((JobRow row) -> row.visibleTo(caller)));
    }
}
