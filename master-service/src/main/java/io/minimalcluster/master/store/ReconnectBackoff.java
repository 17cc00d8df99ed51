package io.minimalcluster.master.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Exponential backoff with jitter for reconnects, shared by connections that fail together. */
final class ReconnectBackoff {
    private static final long MIN_NANOS = Duration.ofMillis(50).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MAX_DOUBLINGS = 6;

    // guarded by this
    private int failures;
    private long notBefore;

    /** Whether the backoff time has not elapsed yet. */
    synchronized boolean isWaiting() {
        return failures > 0 && System.nanoTime() - notBefore < 0;
    }

    synchronized void recordFailure() {
        failures++;
        long pause = Math.min(MAX_NANOS, MIN_NANOS << Math.min(failures, MAX_DOUBLINGS));
        notBefore = System.nanoTime() + ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
    }

    /** Ends the backoff after a success. */
    synchronized void reset() {
        failures = 0;
    }
}
