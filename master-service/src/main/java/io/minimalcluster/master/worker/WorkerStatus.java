package io.minimalcluster.master.worker;

import io.minimalcluster.model.worker.WorkerState;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Status of a worker.
 *
 * @param draining whether the worker has to drain, even while it is silent
 * @param shuttingDown whether the worker has to be told to shut down
 * @param lastSeenAt time of the last recorded contact, in epoch milliseconds
 */
public record WorkerStatus(WorkerState state, boolean draining, boolean shuttingDown, long lastSeenAt) {
    private static final long RECENT_MILLIS = 200;

    static WorkerStatus of(ResultSet row, int number) throws SQLException {
        return of(row, "state");
    }

    static WorkerStatus of(ResultSet row, String stateColumn) throws SQLException {
        return new WorkerStatus(
                WorkerState.valueOf(row.getString(stateColumn)),
                row.getBoolean("draining"),
                row.getBoolean("shutting_down"),
                row.getLong("last_seen_at"));
    }

    /**
     * Whether the last recorded contact is so recent that another one need not be written. It is a fraction of the
     * shortest heartbeat timeout.
     */
    boolean isRecent(long now) {
        return isActive(state.name()) && now >= lastSeenAt && now - lastSeenAt < RECENT_MILLIS;
    }

    /** Whether a worker in a stored state has not timed out. */
    public static boolean isActive(@Nullable String state) {
        return WorkerState.ACTIVE.name().equals(state)
                || WorkerState.DRAINING.name().equals(state);
    }

    boolean isSilent() {
        return state == WorkerState.SILENT || state == WorkerState.LOST;
    }

    /** The status after contact with the worker. */
    WorkerStatus afterContact() {
        return new WorkerStatus(
                draining ? WorkerState.DRAINING : WorkerState.ACTIVE, draining, shuttingDown, lastSeenAt);
    }
}
