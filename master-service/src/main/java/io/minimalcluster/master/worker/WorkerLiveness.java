package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.scheduling.LeaseExpiry;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.WorkerState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records contact with workers. A silent worker gets its leases back unless their tasks went to other workers. */
public final class WorkerLiveness {
    private static final String STATE =
            "select state, draining, shutting_down, last_seen_at from worker where id = :id";
    private static final String RECORD_CONTACT = """
            update worker set heartbeat_count = heartbeat_count + 1, last_seen_at = :now,
                   last_request_id = coalesce(cast(:request as text), last_request_id)
             where id = :id and state in ('ACTIVE', 'DRAINING')
            returning state, draining, shutting_down, last_seen_at
            """;
    private static final String RECORD_REQUEST = """
            update worker set last_request_id = :request where id = :id
            """;
    private static final String RECORD_WORK = """
            update worker set heartbeat_count = heartbeat_count + 1, last_seen_at = :now,
                   tasks_done = tasks_done + :tasks
             where id = :id
            """;
    private static final String RECORD_RETURN = """
            update worker set heartbeat_count = heartbeat_count + 1, last_seen_at = :now,
                   last_request_id = coalesce(cast(:request as text), last_request_id),
                   state = case when draining = 1 or trouble is not null then 'DRAINING' else 'ACTIVE' end
             where id = :id
            """;

    private WorkerLiveness() {}

    /**
     * Records contact in the transaction of the caller. Returns the new status of the worker.
     *
     * @throws WorkerUnknown if the worker left or was deleted
     */
    public static WorkerStatus recordContact(JdbcClient sql, WorkerId worker, long now) {
        return recordContact(sql, worker, null, now);
    }

    /**
     * Records contact, and the last poll of the worker. The poll confirms that the worker got the responses to its
     * earlier polls.
     *
     * @param requestId the last poll; null if it is not known
     * @throws WorkerUnknown if the worker left or was deleted
     */
    static WorkerStatus recordContact(JdbcClient sql, WorkerId worker, @Nullable String requestId, long now) {
        return contact(sql, RECORD_CONTACT, worker, requestId, now)
                .query(WorkerStatus::of)
                .optional()
                .orElseGet(() -> recordReturn(sql, worker, requestId, now))
                .afterContact();
    }

    /** Records contact with a worker that is ACTIVE or DRAINING, and the number of tasks that it has done. */
    public static void recordWork(JdbcClient sql, WorkerId worker, long tasks, long now) {
        sql.sql(RECORD_WORK)
                .param("tasks", tasks)
                .param("now", now)
                .param("id", worker.value())
                .update();
    }

    /** Records contact with a worker that was silent. */
    private static WorkerStatus recordReturn(JdbcClient sql, WorkerId worker, @Nullable String requestId, long now) {
        WorkerStatus before = statusOf(sql, worker);
        LeaseExpiry.reopen(sql, worker);
        contact(sql, RECORD_RETURN, worker, requestId, now).update();
        return before;
    }

    private static JdbcClient.StatementSpec contact(
            JdbcClient sql, String statement, WorkerId worker, @Nullable String requestId, long now) {
        return sql.sql(statement).param("request", requestId).param("now", now).param("id", worker.value());
    }

    static WorkerStatus statusOf(JdbcClient sql, WorkerId worker) {
        return sql.sql(STATE)
                .param("id", worker.value())
                .query(WorkerStatus::of)
                .optional()
                .filter(found -> found.state() != WorkerState.GONE)
                .orElseThrow(() -> unknown(worker));
    }

    static WorkerUnknown unknown(WorkerId worker) {
        return new WorkerUnknown("Worker " + worker + " is not known: register again.");
    }

    /** Records the last poll of a worker; empty if there was none. It does not count as contact. */
    static void recordRequest(JdbcClient sql, WorkerId worker, String requestId) {
        sql.sql(RECORD_REQUEST)
                .param("request", requestId)
                .param("id", worker.value())
                .update();
    }
}
