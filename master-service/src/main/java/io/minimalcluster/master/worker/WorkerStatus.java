package io.minimalcluster.master.worker;

import io.minimalcluster.model.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where a worker stands.
 *
 * @param draining whether it is to take nothing new, also while it is silent
 * @param ending whether it is to be told to end
 */
public record WorkerStatus(WorkerState state, boolean draining, boolean ending) {
    static WorkerStatus of(ResultSet row, int number) throws SQLException {
        return new WorkerStatus(
                WorkerState.valueOf(row.getString("state")), row.getBoolean("draining"), row.getBoolean("ending"));
    }

    boolean isSilent() {
        return state == WorkerState.SILENT || state == WorkerState.LOST;
    }

    /** As it stands when it was just heard of. */
    WorkerStatus heard() {
        return new WorkerStatus(draining ? WorkerState.DRAINING : WorkerState.ACTIVE, draining, ending);
    }
}
