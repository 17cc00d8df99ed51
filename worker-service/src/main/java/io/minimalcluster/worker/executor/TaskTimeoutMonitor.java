package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A thread that checks each running executor several times a second, and sleeps while none runs. */
final class TaskTimeoutMonitor implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 50;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("task-timeouts").factory());
    private final ExecutorLimits limits;
    private final LongSupplier nanoTime;
    private volatile Duration livenessTimeout = Duration.ZERO;

    TaskTimeoutMonitor(ExecutorLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        thread.setRemoveOnCancelPolicy(true);
    }

    ExecutorLimits limits() {
        return limits;
    }

    /** Sets how long a task may run on without a liveness signal. Applies to monitors created from now on. */
    void setLivenessTimeout(Duration timeout) {
        livenessTimeout = timeout;
    }

    RunMonitor monitor(ExecutorProcess executor, PositionRange span, Duration taskTimeout) {
        return new RunMonitor(executor, span, taskTimeout, livenessTimeout, nanoTime);
    }

    /** Checks a run periodically until the returned future is cancelled. */
    Future<?> schedule(RunMonitor monitor) {
        return thread.scheduleWithFixedDelay(monitor::check, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
