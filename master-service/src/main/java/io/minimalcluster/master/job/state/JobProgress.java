package io.minimalcluster.master.job.state;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.JobState;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The only writer of a job's state and counters. Each method runs in the transaction of the caller, which changes the
 * leases, ranges and results that the counters describe. {@link JobTransition} has the allowed transitions.
 */
public final class JobProgress {
    private static final String RECEIVE = """
            insert into job (id, owner, method, state, options, priority, max_attempts, task_timeout_seconds, total,
                             pending, running, succeeded, failed, leases, next_position, created_at)
            values (:id, :owner, '', 'RECEIVING', '{}', 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            returning seq
            """;
    private static final String INSERT = """
            insert into job (id, owner, name, function, environment_id, method, state, options, priority, batch_size,
                             max_attempts, task_timeout_seconds, total, pending, running, succeeded, failed, leases,
                             next_position, range_from, range_step, created_at, finished_at, max_failures, retry_on,
                             deadline_at, retention_millis, requirements, network, shared_sha256, reduce,
                             parent_seq, fold, copies_allowed)
            values (:id, :owner, :name, :function, :environment, :method, :state, :options, :priority, :batchSize,
                    :maxAttempts, :taskTimeout, :total, :total, 0, 0, 0, 0, 0, :rangeFrom, :rangeStep, :now, :finished,
                    :maxFailures, :retryOn, :deadline, :retentionMillis, :requirements, :network, :shared, :reduce,
                    :parent, :fold, :copies)
            returning seq
            """;
    private static final String QUEUE = """
            update job set id = :id, owner = :owner, name = :name, function = :function, environment_id = :environment,
                   method = :method, state = :state, options = :options, priority = :priority, batch_size = :batchSize,
                   max_attempts = :maxAttempts, task_timeout_seconds = :taskTimeout, total = :total, pending = :total,
                   range_from = :rangeFrom, range_step = :rangeStep, created_at = :now, finished_at = :finished,
                   max_failures = :maxFailures, retry_on = :retryOn, deadline_at = :deadline,
                   retention_millis = :retentionMillis, requirements = :requirements, network = :network,
                   shared_sha256 = :shared, reduce = :reduce, parent_seq = :parent, fold = :fold,
                   copies_allowed = :copies
             where seq = :seq and\s""" + JobTransition.QUEUE.condition() + " returning seq";
    private static final String DISCARD =
            "update job set state = 'DELETED' where seq = :job and " + JobTransition.DISCARD.condition();

    private static final String ALLOCATE = """
            update job set state = 'RUNNING', started_at = coalesce(started_at, :now),
                   pending = pending - :tasks, running = running + :tasks, leases = leases + 1
             where seq = :job and\s""" + JobTransition.ALLOCATE.condition();
    private static final String RELEASE = """
            update job set running = running - :tasks, pending = pending + :tasks, leases = leases - :leases
             where seq = :job
            """;
    private static final String ADD_LEASES = "update job set leases = leases + :leases where seq = :job";
    // The condition "state in ('OPEN', 'LAPSED')" matches the partial indexes of unfinished leases; without it they are
    // not used.
    private static final String EXPIRE = """
            update job set running = running - held.tasks, pending = pending + held.tasks,
                   leases = job.leases - held.batches
              from (select job_seq, sum(remaining) as tasks, count(*) as batches from lease
                     where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'OPEN'
                       and loss_quarters + provisional_loss_quarters < :maxLosses
                     group by job_seq) as held
             where job.seq = held.job_seq
            """;
    private static final String REOPEN = """
            update job set running = running + held.tasks, pending = pending - held.tasks,
                   leases = job.leases + held.batches
              from (select job_seq, sum(remaining) as tasks, count(*) as batches from lease
                     where worker_id = :worker and state in ('OPEN', 'LAPSED') and state = 'LAPSED'
                     group by job_seq) as held
             where job.seq = held.job_seq
            """;
    private static final String RECOUNT = """
            update job set
                   pending = (select coalesce(sum(last - first), 0) from pending_range where job_seq = :job)
                           + (select coalesce(sum(remaining), 0) from lease where job_seq = :job and state = 'LAPSED'),
                   running = (select coalesce(sum(remaining), 0) from lease
                               where job_seq = :job and state = 'OPEN' and copy_of is null),
                   leases = (select count(*) from lease where job_seq = :job and state = 'OPEN')
             where seq = :job
            """;

    private static final String RECORD = """
            update job set succeeded = succeeded + :succeeded, failed = failed + :failed,
                   running = running - :succeeded - :failed - :again, pending = pending + :again,
                   leases = leases - :leases, next_position = next_position + :succeeded + :failed
             where seq = :job
            """;
    private static final String COMPLETE = """
            update job set succeeded = succeeded + :succeeded, failed = failed + :failed,
                   next_position = next_position + :succeeded + :failed,
                   state = case when failed + :failed > 0 then 'FAILED' else 'SUCCEEDED' end, finished_at = :now,
                   pending = 0, running = 0, leases = 0
             where seq = :job and\s""" + JobTransition.COMPLETE.condition();
    private static final String CLEAR_COUNTERS = "update job set pending = 0, running = 0, leases = 0 where seq = :job";
    private static final String END_REDUCTION = """
            update job set state = :state, reduce_error = :error, finished_at = :now, pending = 0, running = 0, leases = 0
             where seq = :job and\s""" + JobTransition.REDUCE.condition();
    private static final String TERMINATE = """
            update job set state = :state, termination_reason = :reason, finished_at = :now, pending = 0, running = 0,
                   leases = 0, retry_scan_index = null
             where seq = :job and\s""" + JobTransition.TERMINATE.condition();

    private static final String PAUSE =
            "update job set state = 'PAUSED' where seq = :job and " + JobTransition.PAUSE.condition();
    private static final String RESUME = """
            update job set state = case when started_at is null and pending > 0 then 'QUEUED' else 'RUNNING' end
             where seq = :job and\s""" + JobTransition.RESUME.condition();
    private static final String RETRY = """
            update job set state = case when succeeded = total then 'RUNNING' else 'QUEUED' end, round = round + 1,
                   retry_scan_index = 0, previously_succeeded = succeeded, failed = 0, pending = total - succeeded,
                   running = 0, leases = 0, termination_reason = null, started_at = null, finished_at = null,
                   reduce_error = null, deadline_at = :deadline
             where seq = :job and\s""" + JobTransition.RETRY.condition();
    private static final String SET_RETRY_SCAN_INDEX = "update job set retry_scan_index = :index where seq = :job";
    private static final String DELETE = "update job set state = 'DELETED', environment_id = null where seq = :job";
    private static final String REMOVE = "delete from job where seq = :job and state in ('RECEIVING', 'DELETED')";

    private JobProgress() {}

    /** Inserts an invisible job that holds the segments of an upload. Returns its number. */
    public static long receive(JdbcClient sql, String owner, JobId id) {
        return sql.sql(RECEIVE)
                .param("id", id.value())
                .param("owner", owner)
                .query(Long.class)
                .single();
    }

    /**
     * Inserts a job, or completes the invisible job of its upload.
     *
     * @param receiving number of the invisible job; null if there is none
     * @param columns values of the columns by parameter
     * @return number of the job
     */
    public static long queue(JdbcClient sql, @Nullable Long receiving, Map<String, @Nullable Object> columns) {
        JdbcClient.StatementSpec statement =
                receiving == null ? sql.sql(INSERT) : sql.sql(QUEUE).param("seq", receiving);
        return statement.params(columns).query(Long.class).single();
    }

    /**
     * Deletes the invisible job of an abandoned upload. Returns false if the upload was completed: a write that timed
     * out may still have been committed.
     */
    public static boolean discard(JdbcClient sql, long job) {
        return sql.sql(DISCARD).param("job", job).update() == 1;
    }

    /** Counts a batch that a worker gets. The job has to be QUEUED or RUNNING. */
    public static void allocate(JdbcClient sql, long job, long tasks, long now) {
        int updated = sql.sql(ALLOCATE)
                .param("job", job)
                .param("tasks", tasks)
                .param("now", now)
                .update();
        if (updated != 1) {
            throw new IllegalStateException("Job " + job + " is not ready.");
        }
    }

    /**
     * Counts running tasks that became pending.
     *
     * @param leases number of leases that ended with them
     */
    public static void release(JdbcClient sql, long job, long tasks, int leases) {
        sql.sql(RELEASE)
                .param("job", job)
                .param("tasks", tasks)
                .param("leases", leases)
                .update();
    }

    /** Counts leases that began, or that ended if the number is negative, without a change of the tasks. */
    public static void addLeases(JdbcClient sql, long job, int leases) {
        sql.sql(ADD_LEASES).param("job", job).param("leases", leases).update();
    }

    /** Counts the tasks of a silent worker's leases as pending, before the leases are marked as LAPSED. */
    public static void expireLeases(JdbcClient sql, WorkerId worker, int maxLosses) {
        sql.sql(EXPIRE)
                .param("worker", worker.value())
                .param("maxLosses", maxLosses)
                .update();
    }

    /** Counts the tasks of a returned worker's LAPSED leases as running, before the leases are reopened. */
    public static void reopenLeases(JdbcClient sql, WorkerId worker) {
        sql.sql(REOPEN).param("worker", worker.value()).update();
    }

    /** Counts pending tasks, running tasks and leases of a job from their rows. */
    public static void recount(JdbcClient sql, long job) {
        sql.sql(RECOUNT).param("job", job).update();
    }

    /**
     * Counts recorded outcomes.
     *
     * @param again running tasks whose failure is not recorded, and which became pending
     * @param leases number of leases that ended with them
     */
    public static void record(JdbcClient sql, long job, long succeeded, long failed, long again, int leases) {
        sql.sql(RECORD)
                .param("job", job)
                .param("succeeded", succeeded)
                .param("failed", failed)
                .param("again", again)
                .param("leases", leases)
                .update();
    }

    /**
     * Counts the last recorded outcomes of a job and ends it.
     *
     * @return whether the job ended; otherwise nothing was counted
     */
    public static boolean complete(JdbcClient sql, long job, long succeeded, long failed, long now) {
        return sql.sql(COMPLETE)
                        .param("job", job)
                        .param("succeeded", succeeded)
                        .param("failed", failed)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Sets the counters of a job whose tasks all have succeeded, and whose reduction begins. */
    public static void clearCounters(JdbcClient sql, long job) {
        sql.sql(CLEAR_COUNTERS).param("job", job).update();
    }

    /**
     * Ends a job with its reduction. Returns whether it ended.
     *
     * @param error reason why the values cannot be folded; null if the job succeeded
     */
    public static boolean endReduction(JdbcClient sql, long job, @Nullable String error, long now) {
        JobState state = error == null ? JobState.SUCCEEDED : JobState.FAILED;
        return sql.sql(END_REDUCTION)
                        .param("job", job)
                        .param("state", state.name())
                        .param("error", error)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Ends a job before every task has an outcome. Returns whether it ended. */
    public static boolean terminate(JdbcClient sql, long job, TerminationReason reason, long now) {
        return sql.sql(TERMINATE)
                        .param("job", job)
                        .param("state", stateAfter(reason).name())
                        .param("reason", reason.name())
                        .param("now", now)
                        .update()
                == 1;
    }

    private static JobState stateAfter(TerminationReason reason) {
        return switch (reason) {
            case CANCELLED -> JobState.CANCELLED;
            case TOO_MANY_FAILURES, DEADLINE -> JobState.FAILED;
        };
    }

    public static void pause(JdbcClient sql, long job) {
        sql.sql(PAUSE).param("job", job).update();
    }

    public static void resume(JdbcClient sql, long job) {
        sql.sql(RESUME).param("job", job).update();
    }

    /**
     * Starts a new round of a job for its tasks without success.
     *
     * @param deadline time in epoch milliseconds; null for none
     */
    public static void retry(JdbcClient sql, long job, @Nullable Long deadline) {
        sql.sql(RETRY).param("job", job).param("deadline", deadline).update();
    }

    /** Stores the index from which the scan for tasks to retry goes on; null after its end. */
    public static void setRetryScanIndex(JdbcClient sql, long job, @Nullable Long index) {
        sql.sql(SET_RETRY_SCAN_INDEX).param("job", job).param("index", index).update();
    }

    /** Hides a job. The caller has to remove its rows. */
    public static void delete(JdbcClient sql, long job) {
        sql.sql(DELETE).param("job", job).update();
    }

    /** Removes the row of a hidden job, after all other rows of the job. */
    public static void remove(JdbcClient sql, long job) {
        sql.sql(REMOVE).param("job", job).update();
    }
}
