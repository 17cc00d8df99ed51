package io.minimalcluster.master.environment;

import io.minimalcluster.master.store.Store;
import io.minimalcluster.model.EnvironmentId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes away environments that have no owner, no function and no job any more. Looks through all of them, some at a
 * time, and begins anew every ten minutes.
 */
@Component
public class UnusedEnvironmentCleanup {
    private static final Logger log = LoggerFactory.getLogger(UnusedEnvironmentCleanup.class);
    private static final int PIECE = 200;
    private static final long PAUSE_MILLIS = 600_000;
    private static final String NEXT = "select id from environment where id > :after order by id limit :piece";

    private final Store store;
    private final BundleChunks pieces;
    private String after = "";
    private long notBefore;

    UnusedEnvironmentCleanup(Store store, BundleChunks pieces) {
        this.store = store;
        this.pieces = pieces;
    }

    /** Looks at the next few; called by one thread. */
    public void tick(long now) {
        if (now < notBefore && now >= notBefore - PAUSE_MILLIS) {
            return;
        }
        List<String> ids = store.read(sql -> sql.sql(NEXT)
                .param("after", after)
                .param("piece", PIECE)
                .query(String.class)
                .list());
        ids.stream().filter(this::isUnused).forEach(this::delete);
        boolean atEnd = ids.size() < PIECE;
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
        // asked again as it is deleted: it may have an owner again
        int deleted = store.writeAndWait(sql -> {
            int gone = sql.sql(Environments.DELETE_UNUSED).param("id", id).update();
            pieces.deleteUnused(sql, new EnvironmentId(id));
            return gone;
        });
        if (deleted == 1) {
            log.info("event=environment.deleted environment={} reason=unused", id);
        }
    }
}
