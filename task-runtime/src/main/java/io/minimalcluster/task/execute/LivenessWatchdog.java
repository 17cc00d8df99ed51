package io.minimalcluster.task.execute;

import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ProcessExit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A watchdog that ends the process when a task runs and the liveness signal of the worker times out. A frozen worker
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
    private final ProcessExit exit;

    private long lastSignal;
    private long silentMillis;

    LivenessWatchdog(TaskStateFile taskState, ProcessExit exit) {
        this.taskState = taskState;
        this.exit = exit;
    }

    void open() {
        Thread.ofPlatform().daemon().name("liveness-watchdog").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                long interval = intervalMillis();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(interval));
                check(interval);
                Thread.interrupted(); // an interrupt by user code only makes one check early
            }
        } catch (IllegalStateException _) { // the task state file is closed
            return;
        }
    }

    private long intervalMillis() {
        long timeout = taskState.timeoutMillis();
        return timeout == 0
                ? MAX_INTERVAL_MILLIS
                : Math.clamp(timeout / CHECKS_PER_TIMEOUT, MIN_INTERVAL_MILLIS, MAX_INTERVAL_MILLIS);
    }

    /** Checks the liveness signal, {@code millis} milliseconds after the previous check. */
    void check(long millis) {
        long signal = taskState.livenessSignals();
        long timeout = taskState.timeoutMillis();
        boolean isSilent = signal == lastSignal && timeout > 0 && taskState.position() != TaskStateFile.IDLE;
        lastSignal = signal;
        silentMillis = isSilent ? silentMillis + millis : 0;
        if (isSilent && silentMillis >= timeout) {
            exit.now(ProcessExit.CUT_OFF);
        }
    }
}
