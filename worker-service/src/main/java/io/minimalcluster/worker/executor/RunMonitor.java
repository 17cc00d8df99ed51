package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.TaskClock.Reading;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Monitors an executor while it runs consecutive positions of a batch. Periodic checks send the liveness signal and
 * kill a task that exceeds its timeout.
 */
final class RunMonitor {
    private static final int NONE = -1;

    private final ExecutorProcess executor;
    private final PositionRange span;
    private final long limit;
    private final LongSupplier nanoTime;
    private final LivenessSignal livenessSignal;
    private final long startedBefore;
    private final TaskClock clock;
    private final AtomicInteger overdue = new AtomicInteger(NONE);

    RunMonitor(
            ExecutorProcess executor,
            PositionRange span,
            Duration limit,
            Duration livenessTimeout,
            LongSupplier nanoTime) {
        this.executor = executor;
        this.span = span;
        this.limit = limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
        this.nanoTime = nanoTime;
        this.livenessSignal = new LivenessSignal(executor, livenessTimeout, nanoTime);
        this.startedBefore = executor.mark().started();
        this.clock = new TaskClock(executor::mark, nanoTime);
    }

    PositionRange span() {
        return span;
    }

    /** Sends the liveness signal, and kills the executor if its task exceeds the timeout. */
    void check() {
        livenessSignal.sendIfDue();
        Reading reading = clock.read();
        OptionalInt position = running(reading);
        if (position.isPresent() && nanoTime.getAsLong() - reading.since() > limit) {
            overdue.compareAndSet(NONE, position.getAsInt());
            executor.kill();
        }
    }

    /** The position of the running task, or of the task that ran when the executor ended. */
    OptionalInt running() {
        return running(clock.read());
    }

    /** The position of the task that exceeded its timeout. */
    OptionalInt overdue() {
        return overdue.get() == NONE ? OptionalInt.empty() : OptionalInt.of(overdue.get());
    }

    /** Whether liveness signals failed for so long that the executor may have ended itself. */
    boolean missedSignals() {
        return livenessSignal.hasFailed();
    }

    /** Whether no task runs. */
    boolean isIdle() {
        return running().isEmpty();
    }

    BatchProgress progress(RemainingPositions remaining, int count) {
        Reading reading = clock.read();
        OptionalInt running = running(reading);
        int from = running.isPresent() ? running.getAsInt() + 1 : 0;
        return new BatchProgress(
                running, reading.since(), remaining.firstFrom(from).orElse(count));
    }

    private OptionalInt running(Reading reading) {
        long position = span.start() + reading.mark().position();
        boolean isInThisRun =
                !reading.mark().isIdle() && reading.mark().started() > startedBefore && span.contains(position);
        return isInThisRun ? OptionalInt.of((int) position) : OptionalInt.empty();
    }
}
