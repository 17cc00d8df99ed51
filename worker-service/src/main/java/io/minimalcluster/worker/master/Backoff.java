package io.minimalcluster.worker.master;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between tries: each longer than the last, up to a longest, none like the other. For many threads. */
public final class Backoff {
    private static final double DOUBLE = 2;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private final double growth;
    private Duration coming;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this(first, longest, random, DOUBLE);
    }

    /**
     * Creates pauses that grow by a factor.
     *
     * @param growth how many times as long as the last each pause is, about
     */
    public Backoff(Duration first, Duration longest, RandomGenerator random, double growth) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.growth = growth;
        this.coming = first;
    }

    /** Whether the coming pause is as long as they get. */
    synchronized boolean isLongest() {
        return coming.equals(longest);
    }

    /** The next pause: from half of what is due to the whole of it. */
    public synchronized Duration next() {
        Duration due = coming;
        Duration grown = Duration.ofNanos((long) (due.toNanos() * growth));
        coming = grown.compareTo(longest) > 0 ? longest : grown;
        return jitter(due, 0.5);
    }

    /** The next pause, but no shorter than a least one, and up to half as long again. */
    Duration next(Duration least) {
        Duration own = next();
        Duration asked = least.plus(jitter(least.dividedBy(2), 0));
        return own.compareTo(asked) > 0 ? own : asked;
    }

    private Duration jitter(Duration whole, double leastShare) {
        double share = leastShare + (1 - leastShare) * random.nextDouble();
        return Duration.ofNanos(Math.round(whole.toNanos() * share));
    }

    /** Starts over, after a success. */
    public synchronized void reset() {
        coming = first;
    }
}
