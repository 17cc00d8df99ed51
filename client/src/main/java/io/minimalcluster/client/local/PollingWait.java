package io.minimalcluster.client.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what tells nobody when it comes. */
final class PollingWait {
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();

    private PollingWait() {}

    /** Whether it came to be so in time; a thread that is interrupted waits no longer. */
    static boolean until(Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        return true;
    }
}
