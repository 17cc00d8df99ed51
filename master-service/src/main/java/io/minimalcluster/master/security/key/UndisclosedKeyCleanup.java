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
 * Takes back keys that may have been kept though their making was reported as failed: nobody was told their secrets, so
 * they would be of use to nobody, and their names be taken.
 */
@Component
class UndisclosedKeyCleanup {
    private static final Logger log = LoggerFactory.getLogger(UndisclosedKeyCleanup.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Store store;
    private final Set<String> digests = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("untold-keys").daemon().factory());

    UndisclosedKeyCleanup(Store store) {
        this.store = store;
    }

    /** Nobody was told the secret with this digest. */
    void add(String sha256) {
        digests.add(sha256);
    }

    /** Takes them back, in its caller's transaction, and says which; to do so again does no harm. */
    List<String> takeBack(JdbcClient sql) {
        List<String> untold = List.copyOf(digests);
        untold.forEach(sha256 -> sql.sql("delete from access_key where sha256 = :sha256")
                .param("sha256", sha256)
                .update());
        return untold;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void tick() {
        try {
            if (!digests.isEmpty()) {
                store.writeAndWait(this::takeBack).forEach(digests::remove);
            }
        } catch (Unavailable e) {
            log.debug("event=key.cleanup-postponed", e);
        } catch (RuntimeException | Error e) { // the next time may fare better, and there has to be one
            log.warn("event=key.cleanup-failed keys={}", digests.size(), e);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
    }
}
