package io.minimalcluster.worker.executor;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sends liveness signals to an executor while it runs tasks, and detects gaps between them. After a gap the executor
 * may have ended itself, and its task is not the cause. Thread-safe.
 */
final class LivenessSignal {
    private static final long MAX_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int SIGNALS_PER_TIMEOUT = 8;

    private final ExecutorProcess executor;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    private long last;
    private long longestGap;

    /** @param timeout of the liveness watchdog in the executor; zero disables it, and no signals are sent */
    LivenessSignal(ExecutorProcess executor, Duration timeout, LongSupplier nanoTime) {
        this.executor = executor;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
        send();
    }

    /** Sends a signal if one is due. */
    synchronized void sendIfDue() {
        long now = nanoTime.getAsLong();
        if (!timeout.isZero() && now - last >= Math.min(MAX_INTERVAL_NANOS, timeout.toNanos() / SIGNALS_PER_TIMEOUT)) {
            longestGap = Math.max(longestGap, now - last);
            last = now;
            send();
        }
    }

    private void send() {
        try {
            if (!timeout.isZero()) {
                executor.writeLivenessSignal(timeout);
            }
        } catch (IOException _) {
            longestGap = Long.MAX_VALUE; // the signal was not delivered
        }
    }

    /** Whether a gap was long enough for the executor to end itself. */
    synchronized boolean hasFailed() {
        long gap = Math.max(longestGap, nanoTime.getAsLong() - last);
        return !timeout.isZero() && gap >= timeout.toNanos() / 2;
    }
}
