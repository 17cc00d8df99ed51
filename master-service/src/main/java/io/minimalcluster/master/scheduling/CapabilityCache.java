package io.minimalcluster.master.scheduling;

import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.support.LruCache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Cache of the capabilities of workers, which never change. Evicts the least recently used entries. */
@Component
class CapabilityCache {
    private static final String FIND = "select labels, network, memory_bytes from worker where id = :id";
    private static final int WORKERS = 10_000;

    private final Map<WorkerId, WorkerCapabilities> cached = LruCache.of(WORKERS);

    /** The capabilities of a worker; none if the worker is unknown. */
    WorkerCapabilities of(JdbcClient sql, WorkerId worker) {
        WorkerCapabilities hit = cached.get(worker);
        return hit == null ? load(sql, worker) : hit;
    }

    private WorkerCapabilities load(JdbcClient sql, WorkerId worker) {
        Optional<WorkerCapabilities> found = sql.sql(FIND)
                .param("id", worker.value())
                .query(CapabilityCache::mapRow)
                .optional();
        found.ifPresent(capabilities -> cached.put(worker, capabilities));
        return found.orElse(new WorkerCapabilities(Map.of(), false, 0));
    }

    /** Maps a row of a worker to its capabilities. */
    public static WorkerCapabilities mapRow(ResultSet row, int number) throws SQLException {
        Map<String, String> labels =
                JsonMapper.shared().readerForMapOf(String.class).readValue(row.getString("labels"));
        return new WorkerCapabilities(labels, row.getBoolean("network"), row.getLong("memory_bytes"));
    }
}
