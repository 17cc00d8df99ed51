package io.minimalcluster.master.worker;

import io.minimalcluster.master.lease.Silence;
import io.minimalcluster.master.problem.MasterException.WorkerUnknown;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.WorkerState;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes that a worker was heard of; one that was silent has its leases again, as far as they did not go to others. */
public final class SignOfLife {
    private static final String STATE = "select state from worker where id = :id";
    private static final String HEARD = """
            update worker set beats = beats + 1, last_seen_at = :now,
                   state = case when state in ('SILENT', 'LOST') then 'ACTIVE' else state end
             where id = :id
            """;

    private SignOfLife() {}

    /**
     * Notes it, in the caller's transaction; where the worker stands now.
     *
     * @throws WorkerUnknown if it left, or was forgotten
     */
    public static WorkerState of(JdbcClient sql, WorkerId worker, long now) {
        WorkerState before = stateOf(sql, worker);
        if (before == WorkerState.SILENT || before == WorkerState.LOST) {
            Silence.reopen(sql, worker);
        }
        sql.sql(HEARD).param("now", now).param("id", worker.value()).update();
        return before == WorkerState.DRAINING ? before : WorkerState.ACTIVE;
    }

    static WorkerState stateOf(JdbcClient sql, WorkerId worker) {
        Optional<WorkerState> state = sql.sql(STATE)
                .param("id", worker.value())
                .query(String.class)
                .optional()
                .map(WorkerState::valueOf);
        return state.filter(found -> found != WorkerState.GONE)
                .orElseThrow(() -> new WorkerUnknown("Worker " + worker + " is not known: register again."));
    }
}
