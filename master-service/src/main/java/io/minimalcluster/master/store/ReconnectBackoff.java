package io.minimalcluster.master.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long connections that break together wait until the next one is tried: longer with each that fails. */
final class ReconnectBackoff {
    private static final long SHORTEST_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int MOST_DOUBLED = 6;

    // guarded by this
    private int failures;
    private long notBefore;

    /** Whether it is not yet time to try again. */
    synchronized boolean isToBeWaitedFor() {
        return failures > 0 && System.nanoTime() - notBefore < 0;
    }

    synchronized void goesOn() {
        failures++;
        long pause = Math.min(LONGEST_NANOS, SHORTEST_NANOS << Math.min(failures, MOST_DOUBLED));
        notBefore = System.nanoTime() + ThreadLocalRandom.current().nextLong(pause / 2, pause + 1);
    }

    /** All may try at once. */
    synchronized void isOver() {
        failures = 0;
    }
}
