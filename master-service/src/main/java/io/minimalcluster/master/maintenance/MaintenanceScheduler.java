package io.minimalcluster.master.maintenance;

import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs all {@link MaintenanceTask} beans. There is a thread for each, because a tick may wait for the store as long as
 * an outage lasts. In the default phase the scheduler starts after the web server and stops before it.
 */
@Component
class MaintenanceScheduler implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(MaintenanceScheduler.class);

    /** Time for interrupted ticks to end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

    private final List<MaintenanceTask> tasks;
    private final ScheduledExecutorService threads;
    private volatile boolean running;

    MaintenanceScheduler(List<MaintenanceTask> tasks) {
        this.tasks = List.copyOf(tasks);
        this.threads = Executors.newScheduledThreadPool(
                tasks.size(),
                Thread.ofPlatform().name("maintenance-", 0).daemon().factory());
    }

    @Override
    public void start() {
        running = true;
        tasks.forEach(task -> {
            var _ = threads.scheduleWithFixedDelay(
                    () -> tick(task),
                    task.initialDelay().toMillis(),
                    task.interval().toMillis(),
                    TimeUnit.MILLISECONDS);
        });
    }

    private void tick(MaintenanceTask task) {
        try {
            task.tick();
        } catch (Unavailable e) {
            log.debug("event=maintenance.postponed task={}", task.getClass().getSimpleName(), e);
        } catch (RuntimeException | Error e) { // an exception would cancel the schedule
            if (running) {
                log.warn("event=maintenance.failed task={}", task.getClass().getSimpleName(), e);
            }
        }
    }

    /** Interrupts running ticks and waits for their end, for a limited time. */
    @Override
    public void stop() {
        running = false;
        threads.shutdownNow();
        try {
            var _ = threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
