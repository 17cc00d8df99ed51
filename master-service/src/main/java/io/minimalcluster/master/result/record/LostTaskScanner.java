package io.minimalcluster.master.result.record;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.result.record.FailLostTasks.GivenUp;
import io.minimalcluster.master.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Runs {@link FailLostTasks} every second. The leases to fail are read from the store, so a restart loses none. */
@Component
class LostTaskScanner {
    private static final Logger log = LoggerFactory.getLogger(LostTaskScanner.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final FailLostTasks lost;
    private final RecordingEffects after;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lost-tasks").daemon().factory());

    LostTaskScanner(Store store, RecordPart recordPart, RecordingEffects after) {
        this.store = store;
        this.lost = new FailLostTasks(recordPart);
        this.after = after;
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        var _ = thread.scheduleWithFixedDelay(this::tick, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            List<GivenUp> failed = store.writeAndWait(lost::failSome);
            while (!failed.isEmpty()) {
                failed.forEach(this::publish);
                failed = store.writeAndWait(lost::failSome);
            }
        } catch (Unavailable e) {
            log.debug("event=chore.postponed", e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
            if (!thread.isShutdown()) {
                log.warn("event=chore.failed", e);
            }
        }
    }

    private void publish(GivenUp each) {
        if (each.part().range().count() > 0) {
            log.warn(
                    "event=tasks.lost job={} first={} count={}",
                    each.outcome().jobId(),
                    each.part().range().first(),
                    each.part().range().count());
        }
        after.recorded(each.lease().worker(), each.lease().id(), each.outcome(), each.part());
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdownNow();
    }
}
