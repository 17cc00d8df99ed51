package io.minimalcluster.master.scheduling;

import io.minimalcluster.master.maintenance.MaintenanceTask;
import io.minimalcluster.master.store.Store;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** Wakes waiting polls when tasks become ready for another attempt, or become available to all workers. */
@Component
class RetryWakeUp implements MaintenanceTask {
    private static final String HAS_NEW = """
            select 1 from pending_range where ready_at > 0
               and (ready_at > :last and ready_at <= :now
                    or ready_at > :lastPreferred and ready_at <= :preferred)
             limit 1
            """;

    private final Store store;
    private final PollRegistry pollRegistry;
    private final InstantSource clock;
    private long last;

    RetryWakeUp(Store store, PollRegistry pollRegistry, InstantSource clock) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.clock = clock;
        this.last = clock.millis();
    }

    /** Checks the time since the last call with a waiting poll. */
    @Override
    public void tick() {
        if (pollRegistry.hasWaitingPolls()) {
            long now = clock.millis();
            if (hasNew(now)) {
                pollRegistry.notifyAllWaiting();
            }
            last = now;
        }
    }

    private boolean hasNew(long now) {
        return store.read(sql -> sql.sql(HAS_NEW)
                .param("last", last)
                .param("now", now)
                .param("lastPreferred", last - Postponement.PREFERENCE.toMillis())
                .param("preferred", now - Postponement.PREFERENCE.toMillis())
                .query(Integer.class)
                .optional()
                .isPresent());
    }
}
