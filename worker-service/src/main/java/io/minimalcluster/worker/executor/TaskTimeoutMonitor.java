package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One thread that looks at every running executor's marks several times a second, and sleeps while none runs. */
final class TaskTimeoutMonitor implements AutoCloseable {
    private static final long EVERY_MILLIS = 50;

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("time-limits").factory());
    private final ExecutorLimits limits;
    private final LongSupplier nanoTime;
    private volatile Duration patience = Duration.ZERO;

    TaskTimeoutMonitor(ExecutorLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        thread.setRemoveOnCancelPolicy(true);
    }

    ExecutorLimits limits() {
        return limits;
    }

    /** Says for how long a task is to run on when this watch is not heard of, from the next turn on. */
    void setSilenceLimit(Duration time) {
        patience = time;
    }

    RunMonitor turn(ExecutorProcess executor, PositionRange span, Duration taskTimeout) {
        return new RunMonitor(executor, span, taskTimeout, patience, nanoTime);
    }

    /** Looks at it until this is cancelled. */
    Future<?> look(RunMonitor monitor) {
        return thread.scheduleWithFixedDelay(monitor::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
