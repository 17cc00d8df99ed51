package io.minimalcluster.master.worker;

import io.minimalcluster.model.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Status of a worker.
 *
 * @param draining whether the worker has to drain, even while it is silent
 * @param shuttingDown whether the worker has to be told to shut down
 */
public record WorkerStatus(WorkerState state, boolean draining, boolean shuttingDown) {
    static WorkerStatus of(ResultSet row, int number) throws SQLException {
        return new WorkerStatus(
                WorkerState.valueOf(row.getString("state")),
                row.getBoolean("draining"),
                row.getBoolean("shutting_down"));
    }

    boolean isSilent() {
        return state == WorkerState.SILENT || state == WorkerState.LOST;
    }

    /** The status after contact with the worker. */
    WorkerStatus afterContact() {
        return new WorkerStatus(draining ? WorkerState.DRAINING : WorkerState.ACTIVE, draining, shuttingDown);
    }
}
