package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.TaskClock.Reading;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * An executor runs consecutive positions of a batch. Looked at every now and then, it ends a task that takes too long.
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

    RunMonitor(ExecutorProcess executor, PositionRange span, Duration limit, Duration patience, LongSupplier nanoTime) {
        this.executor = executor;
        this.span = span;
        this.limit = limit.isZero() ? Long.MAX_VALUE : limit.toNanos();
        this.nanoTime = nanoTime;
        this.livenessSignal = new LivenessSignal(executor, patience, nanoTime);
        this.startedBefore = executor.mark().started();
        this.clock = new TaskClock(executor::mark, nanoTime);
    }

    PositionRange span() {
        return span;
    }

    /** Lets the executor know that it is looked at, and ends it if its task has run too long. */
    void look() {
        livenessSignal.give();
        Reading reading = clock.look();
        OptionalInt position = running(reading);
        if (position.isPresent() && nanoTime.getAsLong() - reading.since() > limit) {
            overdue.compareAndSet(NONE, position.getAsInt());
            executor.kill();
        }
    }

    /** The position of the task that runs, or ran at the executor's end. */
    OptionalInt running() {
        return running(clock.look());
    }

    /** The position of the task that the executor was ended for. */
    OptionalInt overdue() {
        return overdue.get() == NONE ? OptionalInt.empty() : OptionalInt.of(overdue.get());
    }

    /** Whether the executor was not looked at for so long that it may have ended itself. */
    boolean wasCutOff() {
        return livenessSignal.haveFailed();
    }

    /** Whether the executor is between tasks. */
    boolean isIdle() {
        return running().isEmpty();
    }

    BatchProgress progress(RemainingPositions remaining, int count) {
        Reading reading = clock.look();
        OptionalInt running = running(reading);
        int from = running.isPresent() ? running.getAsInt() + 1 : 0;
        return new BatchProgress(
                running, reading.since(), remaining.firstFrom(from).orElse(count));
    }

    private OptionalInt running(Reading reading) {
        long position = span.start() + reading.mark().position();
        boolean isOurs =
                !reading.mark().isIdle() && reading.mark().started() > startedBefore && span.contains(position);
        return isOurs ? OptionalInt.of((int) position) : OptionalInt.empty();
    }
}
