package io.minimalcluster.master.security.key;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.store.Store;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes keys that may have been stored although their creation was reported as failed. Their secrets were never
 * disclosed, but their names would stay reserved.
 */
@Component
class UndisclosedKeyCleanup implements MaintenanceTask {
    private final Store store;
    private final Set<String> digests = ConcurrentHashMap.newKeySet();

    UndisclosedKeyCleanup(Store store) {
        this.store = store;
    }

    /** Schedules the deletion of the key with this digest. */
    void add(String sha256) {
        digests.add(sha256);
    }

    /** Deletes the keys in the caller's transaction and returns their digests. Idempotent. */
    List<String> deleteAll(JdbcClient sql) {
        List<String> undisclosed = List.copyOf(digests);
        undisclosed.forEach(sha256 -> sql.sql("delete from access_key where sha256 = :sha256")
                .param("sha256", sha256)
                .update());
        return undisclosed;
    }

    @Override
    public void tick() {
        if (!digests.isEmpty()) {
            store.writeAndWait(this::deleteAll).forEach(digests::remove);
        }
    }
}
