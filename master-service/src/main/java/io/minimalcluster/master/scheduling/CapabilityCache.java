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

/** Cache of the capabilities of workers, which never change. Evicts the least recently used entries. */
@Component
class CapabilityCache {
    private static final String FIND = "select labels, network from worker where id = :id";
    private static final int WORKERS = 10_000;

    // Guarded by itself.
    private final Map<WorkerId, WorkerCapabilities> cached = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WorkerId, WorkerCapabilities> eldest) {
            return size() > WORKERS;
        }
    };

    /** The capabilities of a worker; none if the worker is unknown. */
    WorkerCapabilities of(JdbcClient sql, WorkerId worker) {
        WorkerCapabilities hit = find(worker);
        return hit == null ? load(sql, worker) : hit;
    }

    private @Nullable WorkerCapabilities find(WorkerId worker) {
        synchronized (cached) {
            return cached.get(worker);
        }
    }

    private WorkerCapabilities load(JdbcClient sql, WorkerId worker) {
        Optional<WorkerCapabilities> found = sql.sql(FIND)
                .param("id", worker.value())
                .query(CapabilityCache::mapRow)
                .optional();
        synchronized (cached) {
            found.ifPresent(capabilities -> cached.put(worker, capabilities));
        }
        return found.orElse(new WorkerCapabilities(Map.of(), false));
    }

    /** Maps a row of a worker to its capabilities. */
    public static WorkerCapabilities mapRow(ResultSet row, int number) throws SQLException {
        Map<String, String> labels =
                JsonMapper.shared().readerForMapOf(String.class).readValue(row.getString("labels"));
        return new WorkerCapabilities(labels, row.getBoolean("network"));
    }
}
