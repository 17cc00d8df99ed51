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
 * Runs the periodic maintenance of jobs every second: deadlines, notification after uncertain commits, and retention.
 * Two threads run them, because the retention may take long.
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
            var _ = threads.scheduleWithFixedDelay(() -> runSafely(chore), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void runSafely(Runnable chore) {
        try {
            chore.run();
        } catch (Unavailable e) {
            log.debug("event=chores.postponed", e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
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
