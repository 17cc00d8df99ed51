package io.minimalcluster.model.support;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Exponential backoff: pauses with jitter that grow from a first to a longest length. Thread-safe. */
public final class Backoff {
    private static final double DEFAULT_FACTOR = 2;
    private static final double MIN_SHARE = 0.5;

    private final Duration first;
    private final Duration longest;
    private final double factor;
    private final RandomGenerator random;

    // guarded by this
    private Duration nextPause;
    private boolean isPauseStarted;
    private long pauseEnd;

    /** Creates a backoff whose pauses double. */
    public Backoff(Duration first, Duration longest) {
        this(first, longest, DEFAULT_FACTOR);
    }

    /** @param factor the ratio of consecutive pauses, before jitter */
    public Backoff(Duration first, Duration longest, double factor) {
        this(first, longest, factor, new SplittableRandom());
    }

    /** @param random the source of the jitter; used under the lock of this object only */
    public Backoff(Duration first, Duration longest, double factor, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.factor = factor;
        this.random = random;
        this.nextPause = first;
    }

    /** Whether the next pause has the maximum length. */
    public synchronized boolean isLongest() {
        return nextPause.equals(longest);
    }

    /** Returns the next pause: between half and all of the current length. */
    public synchronized Duration next() {
        Duration due = nextPause;
        Duration grown = Duration.ofNanos((long) (due.toNanos() * factor));
        nextPause = grown.compareTo(longest) > 0 ? longest : grown;
        return jitter(due, MIN_SHARE);
    }

    /** Returns the next pause, but at least a minimum, to which up to half of it is added as jitter. */
    public synchronized Duration next(Duration minimum) {
        Duration own = next();
        Duration jittered = minimum.plus(jitter(minimum.dividedBy(2), 0));
        return own.compareTo(jittered) > 0 ? own : jittered;
    }

    private Duration jitter(Duration whole, double minShare) {
        double share = minShare + (1 - minShare) * random.nextDouble();
        return Duration.ofNanos(Math.round(whole.toNanos() * share));
    }

    /** Starts the next pause without waiting for its end. */
    public synchronized void startPause() {
        isPauseStarted = true;
        pauseEnd = System.nanoTime() + next().toNanos();
    }

    /** Whether a started pause has not ended yet. */
    public synchronized boolean isPausing() {
        return isPauseStarted && System.nanoTime() - pauseEnd < 0;
    }

    /** Ends a started pause and resets the length after a success. */
    public synchronized void reset() {
        nextPause = first;
        isPauseStarted = false;
    }
}
