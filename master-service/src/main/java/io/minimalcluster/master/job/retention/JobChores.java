package io.minimalcluster.master.job.retention;

import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.job.notify.NotifyAfterUncertainCommit;
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

/**
 * What is looked after every second: deadlines, what nobody was told of, and retention, which may take long, on a
 * thread of its own.
 */
@Component
class JobChores {
    private static final Logger log = LoggerFactory.getLogger(JobChores.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<Runnable> chores;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("job-chores-", 0).daemon().factory());

    JobChores(EnforceDeadlines overdue, DeleteExpiredJobs expired, NotifyAfterUncertainCommit doubt) {
        this.chores = List.of(overdue::tick, doubt::tick, expired::tick);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        chores.forEach(chore -> {
            var _ = threads.scheduleWithFixedDelay(() -> runOrLeave(chore), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void runOrLeave(Runnable chore) {
        try {
            chore.run();
        } catch (Unavailable e) {
            log.debug("event=chores.postponed", e);
        } catch (RuntimeException | Error e) { // the next time may fare better, and there has to be one
            if (!threads.isShutdown()) {
                log.warn("event=chore.failed", e);
            }
        }
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        threads.shutdownNow();
    }
}
