package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Deletes expired idempotency keys in small transactions, so that other writes are not delayed. */
@Component
class ExpiredKeyCleanup {
    private static final Logger log = LoggerFactory.getLogger(ExpiredKeyCleanup.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int CHUNK = 500;

    private final StoredReceipts receipts;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("idempotency").daemon().factory());

    ExpiredKeyCleanup(StoredReceipts receipts) {
        this.receipts = receipts;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::sweep, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void sweep() {
        try {
            while (receipts.sweep(CHUNK) == CHUNK) {
                // each chunk is a transaction of its own, and other writes run in between
            }
        } catch (Unavailable e) {
            log.debug("event=key.expiry-postponed", e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
            log.warn("event=key.expiry-failed", e);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
    }
}
