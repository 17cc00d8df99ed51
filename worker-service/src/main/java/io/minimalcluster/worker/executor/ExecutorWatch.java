package io.minimalcluster.worker.executor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that checks busy executors several times a second and idle ones once a second. It kills an executor over its
 * memory limit, and ends an idle executor that works on or was idle for too long.
 */
final class ExecutorWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExecutorWatch.class);
    private static final Duration BUSY_INTERVAL = Duration.ofMillis(250);
    private static final Duration IDLE_INTERVAL = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("executor-watch").factory());
    private final ExecutorRegistry registry;
    private final ExecutorLimits limits;
    private final LongSupplier nanoTime;

    /** @param nanoTime the clock of {@link ExecutorProcess#idleSince()} */
    ExecutorWatch(ExecutorRegistry registry, ExecutorLimits limits, LongSupplier nanoTime) {
        this.registry = registry;
        this.limits = limits;
        this.nanoTime = nanoTime;
        schedule(this::checkBusy, BUSY_INTERVAL);
        schedule(this::checkIdle, IDLE_INTERVAL);
    }

    private void schedule(Runnable check, Duration interval) {
        var _ = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        check.run();
                    } catch (RuntimeException e) { // would end the schedule
                        log.warn("event=executor.check-failed", e);
                    }
                },
                interval.toMillis(),
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void checkBusy() {
        registry.busy().forEach(executor -> executor.killOverMemory(limits.memoryBytes()));
    }

    /** Ends the idle executors that are not to be kept. */
    void checkIdle() {
        for (ExecutorProcess executor : registry.idle()) {
            if (executor.killOverMemory(limits.memoryBytes())) {
                registry.retireIdle(executor, "it used too much memory");
                continue;
            }
            Optional<String> activity = executor.leftoverCheck().checkIdle(System.nanoTime());
            if (activity.isPresent()) {
                registry.retireIdle(executor, "its tasks left " + activity.get() + " running");
            } else if (nanoTime.getAsLong() - executor.idleSince()
                    >= limits.idle().toNanos()) {
                registry.retireIdle(executor, "idle");
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
