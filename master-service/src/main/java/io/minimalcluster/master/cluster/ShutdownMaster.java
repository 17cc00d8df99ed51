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

/** Ends this master as a signal would, its workers before it if that is asked for. */
@Component
class ShutdownMaster {
    private static final Logger log = LoggerFactory.getLogger(ShutdownMaster.class);
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    /** The exit code when the store is broken. */
    private static final int BROKEN = 3;

    private final Workers workers;
    private final PollRegistry pollRegistry;
    private final ShutdownSettings settings;
    private final ApplicationContext context;
    private final AtomicBoolean begun = new AtomicBoolean();

    ShutdownMaster(Workers workers, PollRegistry pollRegistry, ShutdownSettings settings, ApplicationContext context) {
        this.workers = workers;
        this.pollRegistry = pollRegistry;
        this.settings = settings;
        this.context = context;
    }

    /** Begins to; returns before it is done. Nothing more happens when it is said again. */
    void stop(boolean workersToo) {
        if (workersToo) {
            log.info("event=workers.told-to-end count={}", workers.endAll());
            pollRegistry.orderAll();
        }
        if (begun.compareAndSet(false, true)) {
            Thread.ofPlatform().name("stop").start(this::end);
        }
    }

    /** Nothing can be promised any more, and only somebody else can mend that: the process ends, and says why. */
    @EventListener
    void broken(StoreFailedEvent store) {
        if (begun.compareAndSet(false, true)) {
            log.error("event=master.stopped reason=\"{}\"", store.why());
            Thread.ofPlatform().name("stop").start(() -> System.exit(SpringApplication.exit(context, () -> BROKEN)));
        }
    }

    private void end() {
        LockSupport.parkNanos(LOOK); // for the answer to be on its way
        long deadline = System.nanoTime() + settings.drain().toNanos();
        while (System.nanoTime() < deadline && workers.countShuttingDown() > 0) {
            LockSupport.parkNanos(LOOK);
        }
        System.exit(SpringApplication.exit(context, () -> 0));
    }
}
