package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.WorkerUnknown;
import io.minimalcluster.master.scheduling.LeaseExpiry;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.WorkerState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes that a worker was heard of; one that was silent has its leases again, as far as they did not go to others. */
public final class WorkerLiveness {
    private static final String STATE = "select state, draining, ending from worker where id = :id";
    private static final String HEARD = """
            update worker set beats = beats + 1, last_seen_at = :now, asked = coalesce(cast(:asked as text), asked),
                   state = case when state not in ('SILENT', 'LOST') then state
                                when draining = 1 or trouble is not null then 'DRAINING' else 'ACTIVE' end
             where id = :id
            """;

    private WorkerLiveness() {}

    /**
     * Notes it, in the caller's transaction; where the worker stands now.
     *
     * @throws WorkerUnknown if it left, or was forgotten
     */
    public static WorkerStatus of(JdbcClient sql, WorkerId worker, long now) {
        return of(sql, worker, null, now);
    }

    /** Notes that it asked for work: it has what the polls before this one brought. */
    static WorkerStatus asking(JdbcClient sql, WorkerId worker, String requestId, long now) {
        return of(sql, worker, requestId, now);
    }

    private static WorkerStatus of(JdbcClient sql, WorkerId worker, @Nullable String requestId, long now) {
        WorkerStatus before = statusOf(sql, worker);
        if (before.isSilent()) {
            LeaseExpiry.reopen(sql, worker);
        }
        sql.sql(HEARD)
                .param("asked", requestId)
                .param("now", now)
                .param("id", worker.value())
                .update();
        return before.heard();
    }

    static WorkerStatus statusOf(JdbcClient sql, WorkerId worker) {
        Optional<WorkerStatus> status = sql.sql(STATE)
                .param("id", worker.value())
                .query(WorkerStatus::of)
                .optional();
        return status.filter(found -> found.state() != WorkerState.GONE)
                .orElseThrow(() -> new WorkerUnknown("Worker " + worker + " is not known: register again."));
    }
}
