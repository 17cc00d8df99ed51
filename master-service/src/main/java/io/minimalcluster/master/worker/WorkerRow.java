package io.minimalcluster.master.worker;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.json.JsonMapper;

/** Maps rows of workers. The row has the number of held leases as {@code held}. */
record WorkerRow(JsonMapper json, TaskRates taskRates, WorkerLoads loads) implements RowMapper<WorkerRow.Numbered> {
    @Override
    public Numbered mapRow(ResultSet row, int number) throws SQLException {
        Instant registered = Instant.ofEpochMilli(row.getLong("registered_at"));
        WorkerId id = new WorkerId(row.getString("id"));
        Map<String, String> labels = json.readerForMapOf(String.class).readValue(row.getString("labels"));
        WorkerState state = WorkerState.valueOf(row.getString("state"));
        boolean isPresent = state == WorkerState.ACTIVE || state == WorkerState.DRAINING;
        WorkerView worker = new WorkerView(
                id,
                row.getString("name"),
                row.getString("host"),
                row.getLong("pid"),
                row.getInt("slots"),
                Math.min(row.getInt("slots"), row.getInt("held")),
                state,
                Isolation.valueOf(row.getString("isolation")),
                row.getBoolean("local"),
                labels,
                row.getString("version"),
                registered,
                Instant.ofEpochMilli(row.getLong("last_seen_at")),
                row.getLong("tasks_done"),
                taskRates.of(id),
                row.getString("trouble"),
                isPresent ? loads.of(id) : null);
        return new Numbered(row.getLong("seq"), worker);
    }

    /** A worker with its position in the list. */
    record Numbered(long seq, WorkerView worker) {}
}
