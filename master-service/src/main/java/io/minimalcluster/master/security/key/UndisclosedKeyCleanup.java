package io.minimalcluster.master.security.key;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes keys that may have been stored although their creation was reported as failed. Their secrets were never
 * disclosed, but their names would stay reserved.
 */
@Component
class UndisclosedKeyCleanup {
    private static final Logger log = LoggerFactory.getLogger(UndisclosedKeyCleanup.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Store store;
    private final Set<String> digests = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("undisclosed-keys").daemon().factory());

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

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void tick() {
        try {
            if (!digests.isEmpty()) {
                store.writeAndWait(this::deleteAll).forEach(digests::remove);
            }
        } catch (Unavailable e) {
            log.debug("event=key.cleanup-postponed", e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
            log.warn("event=key.cleanup-failed keys={}", digests.size(), e);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
    }
}
