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
public record Standing(WorkerState state, boolean draining, boolean ending) {
    static Standing of(ResultSet row, int number) throws SQLException {
        return new Standing(
                WorkerState.valueOf(row.getString("state")), row.getBoolean("draining"), row.getBoolean("ending"));
    }

    boolean isUnheard() {
        return state == WorkerState.SILENT || state == WorkerState.LOST;
    }

    /** As it stands when it was just heard of. */
    Standing heard() {
        return new Standing(draining ? WorkerState.DRAINING : WorkerState.ACTIVE, draining, ending);
    }
}
