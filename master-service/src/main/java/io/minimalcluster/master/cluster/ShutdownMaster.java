package io.minimalcluster.master.cluster;

import io.minimalcluster.master.scheduling.PollRegistry;
import io.minimalcluster.master.store.StoreFailedEvent;
import io.minimalcluster.master.worker.Workers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Shuts down this master like SIGTERM, optionally its workers first. Exits if the store is permanently not writable.
 */
@Component
class ShutdownMaster {
    private static final Logger log = LoggerFactory.getLogger(ShutdownMaster.class);
    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();

    /** Exit code after a permanent store failure. */
    private static final int STORE_FAILED = 3;

    private final Workers workers;
    private final PollRegistry pollRegistry;
    private final ShutdownSettings settings;
    private final ApplicationContext context;
    private final AtomicBoolean started = new AtomicBoolean();

    ShutdownMaster(Workers workers, PollRegistry pollRegistry, ShutdownSettings settings, ApplicationContext context) {
        this.workers = workers;
        this.pollRegistry = pollRegistry;
        this.settings = settings;
        this.context = context;
    }

    /** Starts the shutdown and returns at once. Idempotent. */
    void stop(boolean workersToo) {
        if (workersToo) {
            log.info("event=workers.shutdown-requested count={}", workers.endAll());
            pollRegistry.notifyAllOrders();
        }
        if (started.compareAndSet(false, true)) {
            Thread.ofPlatform().name("stop").start(this::end);
        }
    }

    /** Exits, because the master can't guarantee durability and can't repair the store. */
    @EventListener
    void exitOnStoreFailure(StoreFailedEvent store) {
        if (started.compareAndSet(false, true)) {
            log.error("event=master.stopped reason=\"{}\"", store.why());
            Thread.ofPlatform()
                    .name("stop")
                    .start(() -> System.exit(SpringApplication.exit(context, () -> STORE_FAILED)));
        }
    }

    private void end() {
        LockSupport.parkNanos(POLL_NANOS); // so that the response is sent first
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (System.nanoTime() < deadline && workers.countShuttingDown() > 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        System.exit(SpringApplication.exit(context, () -> 0));
    }
}
