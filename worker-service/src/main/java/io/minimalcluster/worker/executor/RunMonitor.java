package io.minimalcluster.worker.executor;

import io.minimalcluster.task.process.ExitDeadline;
import io.minimalcluster.worker.executor.BatchExecution.Progress;
import io.minimalcluster.worker.executor.BatchExecution.Running;
import io.minimalcluster.worker.executor.TaskClock.Reading;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Monitors an executor while it runs consecutive positions of a batch. Periodic checks send the liveness signal and
 * kill a task that exceeds its timeout.
 *
 * <p>The task state tells which task runs, but user code can write them. They can only shorten the time of a task: the
 * wait for its outcome is limited by this process alone.
 */
final class RunMonitor {
    private static final int NONE = -1;

    /** The time from the end of a task to its outcome, which an executor sends every 250 ms. */
    private static final long REPORT_NANOS = Duration.ofSeconds(5).toNanos();

    /** The time of an exit, after which the executor should have halted itself. */
    private static final long EXIT_NANOS =
            ExitDeadline.GRACE.plus(Duration.ofSeconds(2)).toNanos();

    private final ExecutorProcess executor;
    private final PositionRange span;
    private final long limit;
    private final LongSupplier nanoTime;
    private final LivenessSignal livenessSignal;
    private final long startedBefore;
    private final TaskClock clock;
    private final AtomicInteger overdue = new AtomicInteger(NONE);
    private volatile @Nullable Wait wait;
    private volatile @Nullable String violation;
    private @Nullable Long exitingSince;

    /** The wait for the outcome of the task at a position. */
    private record Wait(int position, long since) {}

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
        this.startedBefore = executor.taskState().started();
        this.clock = new TaskClock(executor::taskState, nanoTime);
    }

    PositionRange span() {
        return span;
    }

    /**
     * Starts the wait for the outcome of a task.
     *
     * @param reported the number of tasks with an outcome
     */
    void startWait(int reported) {
        wait = new Wait(span.start() + reported, nanoTime.getAsLong());
    }

    /** Ends the wait, while this process is busy with outcomes. */
    void endWait() {
        wait = null;
    }

    /** Sends the liveness signal, and kills the executor if its task exceeds the timeout or its exit does not end. */
    void check() {
        livenessSignal.sendIfDue();
        long now = nanoTime.getAsLong();
        Reading reading = clock.read();
        OptionalInt position = running(reading);
        Wait current = wait;
        if (position.isPresent() && now - reading.since() > limit) {
            killOverdue(position.getAsInt());
        } else if (current != null && now - current.since() - REPORT_NANOS > limit) {
            giveUp(current.position());
        } else if (!isPlausible(reading)) {
            kill("it started more tasks than it was given");
        } else if (isExitStuck(now)) {
            kill("the task ended it, and its exit did not complete");
        }
    }

    private void giveUp(int position) {
        if (position < span.end()) {
            killOverdue(position);
        } else {
            kill("it did not end its batch");
        }
    }

    private void killOverdue(int position) {
        overdue.compareAndSet(NONE, position);
        executor.kill();
    }

    private void kill(String reason) {
        violation = reason;
        executor.kill();
    }

    private boolean isExitStuck(long now) {
        if (exitingSince == null && executor.isExiting()) {
            exitingSince = now;
        }
        return exitingSince != null && now - exitingSince > EXIT_NANOS;
    }

    /** Why the executor was killed, except for an overdue task; null if it was not. */
    @Nullable
    String violation() {
        return violation;
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

    Progress progress(RemainingPositions remaining, int count) {
        Reading reading = clock.read();
        OptionalInt position = running(reading);
        if (position.isEmpty()) {
            return new Progress(null, remaining.firstFrom(0).orElse(count));
        }
        Duration time = Duration.ofNanos(nanoTime.getAsLong() - reading.since());
        return new Progress(
                new Running(position.getAsInt(), time),
                remaining.firstFrom(position.getAsInt() + 1).orElse(count));
    }

    /** Whether the number of started tasks is possible. */
    private boolean isPlausible(Reading reading) {
        long started = reading.taskState().started() - startedBefore;
        return started >= 0 && started <= span.length();
    }

    private OptionalInt running(Reading reading) {
        long position = span.start() + reading.taskState().position();
        boolean isInThisRun = !reading.taskState().isIdle()
                && reading.taskState().started() > startedBefore
                && isPlausible(reading)
                && span.contains(position);
        return isInThisRun ? OptionalInt.of((int) position) : OptionalInt.empty();
    }
}
