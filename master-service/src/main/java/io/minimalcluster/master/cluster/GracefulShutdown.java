package io.minimalcluster.master.cluster;

import io.minimalcluster.master.job.notify.JobSubscriptions;
import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.Store;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Graceful shutdown: stops allocating batches, ends waiting calls, and accepts results until the drain timeout. Runs
 * before the web server stops accepting connections.
 */
@Component
class GracefulShutdown {
    private static final Logger log = LoggerFactory.getLogger(GracefulShutdown.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private static final String OPEN_LEASE = """
            select 1 from lease where state in ('OPEN', 'LAPSED') and state = 'OPEN' limit 1
            """;

    private final Store store;
    private final PollRegistry pollRegistry;
    private final JobSubscriptions subscriptions;
    private final LocalWorker localWorker;
    private final ShutdownSettings settings;

    GracefulShutdown(
            Store store,
            PollRegistry pollRegistry,
            JobSubscriptions subscriptions,
            LocalWorker localWorker,
            ShutdownSettings settings) {
        this.store = store;
        this.pollRegistry = pollRegistry;
        this.subscriptions = subscriptions;
        this.localWorker = localWorker;
        this.settings = settings;
    }

    @EventListener
    void drain(ContextClosedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        log.info("event=master.draining limit={}s", settings.drain().toSeconds());
        long deadline = System.nanoTime() + settings.drain().toNanos();
        pollRegistry.closeAll();
        subscriptions.close();
        localWorker.leave(settings.drain());
        awaitResults(deadline);
    }

    /** Waits until no lease is open, or until the deadline. */
    private void awaitResults(long deadline) {
        try {
            while (System.nanoTime() < deadline && hasOpenLeases()) {
                Thread.sleep(POLL_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasOpenLeases() {
        return store.read(
                sql -> sql.sql(OPEN_LEASE).query(Integer.class).optional().isPresent());
    }
}
