package io.minimalcluster.worker.work;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between tries: each about twice the last, up to a longest, none like the other. For many threads. */
final class Pauses {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration coming;

    Pauses(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.coming = first;
    }

    /** The next pause: from half of what is due to the whole of it. */
    synchronized Duration next() {
        Duration due = coming;
        Duration doubled = due.multipliedBy(2);
        coming = doubled.compareTo(longest) > 0 ? longest : doubled;
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
    synchronized void reset() {
        coming = first;
    }
}
