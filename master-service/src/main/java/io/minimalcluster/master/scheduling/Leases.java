package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.job.state.JobProgress;
import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.master.segment.ResultSegments;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads leases from the store and ends them. */
public final class Leases {
    private static final String FIND = "select " + Lease.COLUMNS + " from lease where id = :id and worker_id = :worker";
    private static final String OF_WORKER = "select " + Lease.COLUMNS
            + " from lease where worker_id = :worker and state in ('OPEN', 'LAPSED') order by seq";
    private static final String MAX_LOSSES_OF_WORKER = """
            select coalesce(max(loss_quarters), 0) from lease
             where worker_id = :worker and state in ('OPEN', 'LAPSED') and remaining > 0
            """;
    private static final String SUBTRACT_REMAINING = """
            update lease set remaining = remaining - :tasks where seq = :seq
            """;
    private static final String SHRINK_DELIVERED = "update lease set shrink_request_id = :request where seq = :seq";
    private static final String END = """
            update lease set state = :state, remaining = 0 where seq = :seq and state in ('OPEN', 'LAPSED')
            """;
    private static final String END_ALL_OF_JOB = """
            update lease set state = 'ENDED', remaining = 0 where job_seq = :job and state in ('OPEN', 'LAPSED')
            """;
    private static final String WORKERS_OF_JOB = """
            select distinct worker_id from lease where job_seq = :job and state in ('OPEN', 'LAPSED')
            """;
    private static final String ADD_PENDING = """
            insert into pending_range (job_seq, first, last, attempt, loss_quarters, refusals, ready_at, failed_on)
            values (:job, :first, :last, :attempt, :losses, :refusals, :readyAt, :failedOn)
            """;
    private static final String RETURNED = """
            select first, last from returned_range where job_seq = :job and lease_seq = :lease order by first
            """;
    private static final String ADD_RETURNED = """
            insert into returned_range (job_seq, lease_seq, first, last) values (:job, :lease, :first, :last)
            """;

    private Leases() {}

    /** Finds a lease of a worker. */
    public static Optional<Lease> find(JdbcClient sql, WorkerId worker, LeaseId id) {
        return sql.sql(FIND)
                .param("id", id.value())
                .param("worker", worker.value())
                .query(Lease::of)
                .optional();
    }

    /** The leases of a worker that are OPEN or LAPSED. */
    public static List<Lease> heldBy(JdbcClient sql, WorkerId worker) {
        return sql.sql(OF_WORKER)
                .param("worker", worker.value())
                .query(Lease::of)
                .list();
    }

    /** The loss limit for further tasks of a worker: see {@link LossPolicy#limitBeside}. */
    public static int limitFor(JdbcClient sql, WorkerId worker) {
        int maxLosses = sql.sql(MAX_LOSSES_OF_WORKER)
                .param("worker", worker.value())
                .query(Integer.class)
                .single();
        return LossPolicy.limitBeside(maxLosses);
    }

    /** The workers with OPEN or LAPSED leases of a job. */
    public static List<WorkerId> workersOf(JdbcClient sql, long jobSeq) {
        return sql.sql(WORKERS_OF_JOB)
                .param("job", jobSeq)
                .query((row, number) -> new WorkerId(row.getString(1)))
                .list();
    }

    /** Records which poll told the worker of the cut end of a lease. */
    public static void shrinkDelivered(JdbcClient sql, Lease lease, String requestId) {
        sql.sql(SHRINK_DELIVERED)
                .param("seq", lease.seq())
                .param("request", requestId)
                .update();
    }

    /** Subtracts tasks from the remaining tasks of a lease. */
    public static void subtractRemaining(JdbcClient sql, Lease lease, long tasks) {
        sql.sql(SUBTRACT_REMAINING)
                .param("seq", lease.seq())
                .param("tasks", tasks)
                .update();
    }

    /** Ends a lease whose tasks are all settled. The caller has to update the counters of the job. */
    public static void finish(JdbcClient sql, Lease lease) {
        sql.sql(END)
                .param("state", LeaseState.ENDED.name())
                .param("seq", lease.seq())
                .update();
    }

    /** Ends a lease and makes its unfinished tasks pending. Returns true if there are any. */
    public static boolean returnTasks(JdbcClient sql, Lease lease) {
        return release(sql, lease, LeaseState.ENDED, lease.attempts(), Postponement.NONE);
    }

    /** Ends a lease that its worker cannot read or run, and makes its unfinished tasks pending for another worker. */
    public static void refuse(JdbcClient sql, Lease lease, long now) {
        LossPolicy attempts = lease.attempts().afterRefusal();
        IndexRange all = new IndexRange(lease.first(), lease.last());
        release(sql, lease, LeaseState.ENDED, attempts, Postponement.after(attempts.refusals(), lease, all, now));
    }

    /** Ends all leases of an ended job without making their tasks pending. */
    public static void endAllOf(JdbcClient sql, long jobSeq) {
        sql.sql(END_ALL_OF_JOB).param("job", jobSeq).update();
    }

    static boolean release(
            JdbcClient sql, Lease lease, LeaseState end, LossPolicy attempts, Postponement postponement) {
        if (lease.isCopy()) {
            SpeculativeCopies.end(sql, lease);
            return false;
        }
        List<IndexRange> left = new ArrayList<>(unrecorded(sql, lease));
        List<IndexRange> promoted = SpeculativeCopies.promoteCopy(sql, lease, left, attempts);
        left = left.stream().flatMap(range -> range.without(promoted).stream()).toList();
        sql.sql(END).param("state", end.name()).param("seq", lease.seq()).update();
        for (IndexRange range : left) {
            makePending(sql, lease.jobSeq(), range, attempts, postponement);
        }
        if (lease.state() == LeaseState.OPEN) {
            long tasks = left.stream().mapToLong(IndexRange::count).sum();
            JobProgress.release(sql, lease.jobSeq(), tasks, 1);
        }
        return !left.isEmpty();
    }

    /** Makes tasks pending. The caller has to update the counters of the job. */
    public static void makePending(JdbcClient sql, long jobSeq, IndexRange range, LossPolicy attempts) {
        makePending(sql, jobSeq, range, attempts, Postponement.NONE);
    }

    private static void makePending(
            JdbcClient sql, long jobSeq, IndexRange range, LossPolicy attempts, Postponement postponement) {
        WorkerId failedOn = postponement.failedOn();
        sql.sql(ADD_PENDING)
                .param("job", jobSeq)
                .param("first", range.first())
                .param("last", range.last())
                .param("attempt", attempts.attempt())
                .param("losses", attempts.losses())
                .param("refusals", attempts.refusals())
                .param("readyAt", postponement.readyAt())
                .param("failedOn", failedOn == null ? null : failedOn.value())
                .update();
    }

    private static List<IndexRange> unrecorded(JdbcClient sql, Lease lease) {
        return lease.remaining() == 0 ? List.of() : unrecorded(sql, lease, new IndexRange(lease.first(), lease.last()));
    }

    /** The parts of a range of a lease that have no outcome and were not returned earlier. */
    public static List<IndexRange> unrecorded(JdbcClient sql, Lease lease, IndexRange range) {
        if (lease.isUntouched()) {
            return range.without(List.of());
        }
        List<IndexRange> settled = new ArrayList<>(ResultSegments.recorded(sql, lease.jobSeq(), lease.round(), range));
        settled.addAll(returned(sql, lease));
        return range.without(settled);
    }

    static List<IndexRange> returned(JdbcClient sql, Lease lease) {
        return sql.sql(RETURNED)
                .param("job", lease.jobSeq())
                .param("lease", lease.seq())
                .query(IndexRange::of)
                .list();
    }

    /**
     * Makes failed tasks of a lease pending for another attempt, after a delay and preferably on another worker. The
     * lease keeps its other tasks. The caller has to update the counters.
     */
    public static void retry(JdbcClient sql, Lease lease, List<IndexRange> ranges, long now) {
        for (IndexRange range : ranges) {
            Postponement postponement = Postponement.after(lease.attempt(), lease, range, now);
            makePending(sql, lease.jobSeq(), range, lease.attempts().afterFailure(), postponement);
            addReturned(sql, lease, range);
        }
    }

    static void addReturned(JdbcClient sql, Lease lease, IndexRange range) {
        sql.sql(ADD_RETURNED)
                .param("job", lease.jobSeq())
                .param("lease", lease.seq())
                .param("first", range.first())
                .param("last", range.last())
                .update();
    }
}
