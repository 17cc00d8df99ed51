package io.minimalcluster.client.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition by polling. */
final class PollingWait {
    private static final long POLL_INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    private PollingWait() {}

    /** Returns whether the condition became true in time. An interrupt ends the wait. */
    static boolean until(Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
        return true;
    }
}
