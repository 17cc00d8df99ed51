package io.minimalcluster.master.cluster;

import io.minimalcluster.master.job.JobWatch;
import io.minimalcluster.master.store.Store;
import io.minimalcluster.master.work.WorkBell;
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
 * Ends this master calmly: no more work goes out, waits end, results are taken for a while. Done before the web server
 * begins to stop, for then it refuses connections.
 */
@Component
class Drain {
    private static final Logger log = LoggerFactory.getLogger(Drain.class);
    private static final Duration LOOK = Duration.ofMillis(50);

    private static final String OPEN_LEASE = """
            select 1 from lease where state in ('OPEN', 'LAPSED') and state = 'OPEN' limit 1
            """;

    private final Store store;
    private final WorkBell bell;
    private final JobWatch watch;
    private final LocalWorker localWorker;
    private final ShutdownSettings settings;

    Drain(Store store, WorkBell bell, JobWatch watch, LocalWorker localWorker, ShutdownSettings settings) {
        this.store = store;
        this.bell = bell;
        this.watch = watch;
        this.localWorker = localWorker;
        this.settings = settings;
    }

    @EventListener
    void drain(ContextClosedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        log.info("event=master.draining limit={}s", settings.drain().toSeconds());
        long deadline = System.nanoTime() + settings.drain().toNanos();
        bell.closeAll();
        watch.close();
        localWorker.leave(settings.drain());
        awaitResults(deadline);
    }

    /** Until nobody has anything to post, or the time is up. */
    private void awaitResults(long deadline) {
        try {
            while (System.nanoTime() < deadline && hasOpenLeases()) {
                Thread.sleep(LOOK);
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
