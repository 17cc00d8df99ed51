package io.minimalcluster.worker.master;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** An exponential backoff with jitter, up to a maximum. Thread-safe. */
public final class Backoff {
    private static final double DEFAULT_GROWTH = 2;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private final double growth;
    private Duration nextPause;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this(first, longest, random, DEFAULT_GROWTH);
    }

    /**
     * Creates a backoff with a growth factor.
     *
     * @param growth the ratio of consecutive pauses, before jitter
     */
    public Backoff(Duration first, Duration longest, RandomGenerator random, double growth) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.growth = growth;
        this.nextPause = first;
    }

    /** Whether the next pause has the maximum length. */
    synchronized boolean isLongest() {
        return nextPause.equals(longest);
    }

    /** Returns the next pause: between half and all of the current length. */
    public synchronized Duration next() {
        Duration due = nextPause;
        Duration grown = Duration.ofNanos((long) (due.toNanos() * growth));
        nextPause = grown.compareTo(longest) > 0 ? longest : grown;
        return jitter(due, 0.5);
    }

    /** Returns the next pause, but at least a minimum, to which up to half of it is added as jitter. */
    Duration next(Duration minimum) {
        Duration own = next();
        Duration jittered = minimum.plus(jitter(minimum.dividedBy(2), 0));
        return own.compareTo(jittered) > 0 ? own : jittered;
    }

    private Duration jitter(Duration whole, double minShare) {
        double share = minShare + (1 - minShare) * random.nextDouble();
        return Duration.ofNanos(Math.round(whole.toNanos() * share));
    }

    /** Resets the pause after a success. */
    public synchronized void reset() {
        nextPause = first;
    }
}
