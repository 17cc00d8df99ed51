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

/** What has to be done every second, by one thread. */
@Component
class WorkerChores {
    private static final Logger log = LoggerFactory.getLogger(WorkerChores.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int FORGET_EVERY = 60;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Heartbeats heartbeats;
    private final WorkerTimeoutDetector silence;
    private final StragglerChore stragglers;
    private final Workers workers;
    private long ticks;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("chores").daemon().factory());

    WorkerChores(Heartbeats heartbeats, WorkerTimeoutDetector silence, StragglerChore stragglers, Workers workers) {
        this.heartbeats = heartbeats;
        this.silence = silence;
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
            silence.tick(TICK);
            stragglers.tick();
            if (++ticks % FORGET_EVERY == 0) {
                workers.forget(KEPT);
            }
        } catch (Unavailable e) {
            log.debug("event=chores.postponed", e);
        } catch (RuntimeException | Error e) { // the next tick may fare better, and there has to be one
            log.warn("event=chores.failed", e);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdown();
    }
}
