package io.minimalcluster.master.worker;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.scheduling.straggler.StragglerChore;
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

/** Runs the periodic maintenance of workers every second on one thread. */
@Component
class WorkerChores {
    private static final Logger log = LoggerFactory.getLogger(WorkerChores.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int DELETE_EVERY = 60;
    private static final Duration RETENTION = Duration.ofHours(1);

    private final Heartbeats heartbeats;
    private final WorkerTimeoutDetector timeoutDetector;
    private final StragglerChore stragglers;
    private final Workers workers;
    private long ticks;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("chores").daemon().factory());

    WorkerChores(
            Heartbeats heartbeats, WorkerTimeoutDetector timeoutDetector, StragglerChore stragglers, Workers workers) {
        this.heartbeats = heartbeats;
        this.timeoutDetector = timeoutDetector;
        this.stragglers = stragglers;
        this.workers = workers;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void tick() {
        try {
            heartbeats.flush();
            timeoutDetector.tick(TICK);
            stragglers.tick();
            if (++ticks % DELETE_EVERY == 0) {
                workers.deleteSilent(RETENTION);
            }
        } catch (Unavailable e) {
            log.debug("event=chores.postponed", e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
            log.warn("event=chores.failed", e);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
    }
}
