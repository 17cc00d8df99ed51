package io.minimalcluster.task.execute;

import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ProcessExit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A watchdog that ends the process when a batch runs and the liveness signal of the worker times out. A frozen worker
 * cannot kill its executors, and its tasks may already run elsewhere.
 *
 * <p>The elapsed time is the sum of check intervals, and a late check counts as one interval. After a suspension of the
 * machine or of this process, the worker can thus signal before the timeout.
 */
final class LivenessWatchdog {
    private static final long MIN_INTERVAL_MILLIS = 50;
    private static final long MAX_INTERVAL_MILLIS = 1000;
    private static final int CHECKS_PER_TIMEOUT = 16;

    private final TaskStateFile taskState;
    private final BooleanSupplier isRunning;
    private final ProcessExit exit;

    private long lastSignal;
    private long silentMillis;
    private long timeoutMillis;

    LivenessWatchdog(TaskStateFile taskState, BooleanSupplier isRunning, ProcessExit exit) {
        this.taskState = taskState;
        this.isRunning = isRunning;
        this.exit = exit;
    }

    void open() {
        Thread.ofPlatform().daemon().name("liveness-watchdog").start(this::run);
    }

    private void run() {
        while (true) {
            long interval = intervalMillis();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(interval));
            check(interval);
            Thread.interrupted(); // an interrupt by user code only makes one check early
        }
    }

    private long intervalMillis() {
        long timeout = readTimeoutMillis();
        return timeout == 0
                ? MAX_INTERVAL_MILLIS
                : Math.clamp(timeout / CHECKS_PER_TIMEOUT, MIN_INTERVAL_MILLIS, MAX_INTERVAL_MILLIS);
    }

    /** The shortest timeout so far, because user code can write to the task state file. */
    private long readTimeoutMillis() {
        long written = taskState.timeoutMillis();
        if (written > 0 && (timeoutMillis == 0 || written < timeoutMillis)) {
            timeoutMillis = written;
        }
        return timeoutMillis;
    }

    /** Checks the liveness signal, {@code millis} milliseconds after the previous check. */
    void check(long millis) {
        long signal = taskState.livenessSignals();
        long timeout = readTimeoutMillis();
        boolean isSilent = signal == lastSignal && timeout > 0 && isRunning.getAsBoolean();
        lastSignal = signal;
        silentMillis = isSilent ? silentMillis + millis : 0;
        if (isSilent && silentMillis >= timeout) {
            exit.now(ProcessExit.CUT_OFF);
        }
    }
}
