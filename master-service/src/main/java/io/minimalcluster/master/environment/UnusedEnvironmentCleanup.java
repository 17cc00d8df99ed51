package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Deletes environments without owner, function and job. Scans all environments in chunks, and starts a new scan every
 * ten minutes.
 */
@Component
public class UnusedEnvironmentCleanup {
    private static final Logger log = LoggerFactory.getLogger(UnusedEnvironmentCleanup.class);
    private static final int CHUNK = 200;
    private static final long PAUSE_MILLIS = 600_000;
    private static final String NEXT = "select id from environment where id > :after order by id limit :piece";

    private final Store store;
    private final BundleChunks chunks;
    private String after = "";
    private long notBefore;

    UnusedEnvironmentCleanup(Store store, BundleChunks chunks) {
        this.store = store;
        this.chunks = chunks;
    }

    /** Checks the next chunk. Called by one thread. */
    public void tick(long now) {
        if (now < notBefore && now >= notBefore - PAUSE_MILLIS) {
            return;
        }
        List<String> ids = store.read(sql -> sql.sql(NEXT)
                .param("after", after)
                .param("piece", CHUNK)
                .query(String.class)
                .list());
        ids.stream().filter(this::isUnused).forEach(this::delete);
        boolean atEnd = ids.size() < CHUNK;
        after = atEnd ? "" : ids.getLast();
        notBefore = atEnd ? now + PAUSE_MILLIS : now;
    }

    private boolean isUnused(String id) {
        return store.read(sql -> sql.sql("select 1 " + Environments.UNUSED)
                .param("id", id)
                .query(Integer.class)
                .optional()
                .isPresent());
    }

    private void delete(String id) {
        // the statement checks again, because the environment may have a new owner
        int deleted = store.writeAndWait(sql -> {
            int count = sql.sql(Environments.DELETE_UNUSED).param("id", id).update();
            chunks.deleteUnused(sql, new EnvironmentId(id));
            return count;
        });
        if (deleted == 1) {
            log.info("event=environment.deleted environment={} reason=unused", id);
        }
    }
}
