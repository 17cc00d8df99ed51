package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What workers offer, which never changes: those that were asked for lately are kept in memory. */
@Component
class CapabilityCache {
    private static final String FIND = "select labels, network from worker where id = :id";
    private static final int WORKERS = 10_000;

    // guarded by itself
    private final Map<WorkerId, WorkerCapabilities> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WorkerId, WorkerCapabilities> eldest) {
            return size() > WORKERS;
        }
    };

    /** What the worker offers; nothing if it is not known. */
    WorkerCapabilities of(JdbcClient sql, WorkerId worker) {
        WorkerCapabilities there = find(worker);
        return there == null ? look(sql, worker) : there;
    }

    private @Nullable WorkerCapabilities find(WorkerId worker) {
        synchronized (known) {
            return known.get(worker);
        }
    }

    private WorkerCapabilities look(JdbcClient sql, WorkerId worker) {
        Optional<WorkerCapabilities> found = sql.sql(FIND)
                .param("id", worker.value())
                .query(CapabilityCache::row)
                .optional();
        synchronized (known) {
            found.ifPresent(capabilities -> known.put(worker, capabilities));
        }
        return found.orElse(new WorkerCapabilities(Map.of(), false));
    }

    /** What a row of a worker says of it. */
    public static WorkerCapabilities row(ResultSet row, int number) throws SQLException {
        Map<String, String> labels =
                JsonMapper.shared().readerForMapOf(String.class).readValue(row.getString("labels"));
        return new WorkerCapabilities(labels, row.getBoolean("network"));
    }
}
