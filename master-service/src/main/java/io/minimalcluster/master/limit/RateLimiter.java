package io.minimalcluster.master.limit;

import io.minimalcluster.model.support.LruCache;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Token bucket for each key: a burst, then one token per interval. Thread-safe. Above the maximum number of keys, the
 * least recently used key is forgotten, so that its bucket is full again.
 */
public final class RateLimiter {
    private final long interval;
    private final long burst;
    private final LongSupplier nanoTime;
    private final Map<String, Long> fullAt; // time at which the bucket of a key is full; guarded by this

    /**
     * Creates a limiter with full buckets.
     *
     * @param burst tokens of a full bucket
     * @param interval time after which a used token is available again
     */
    public RateLimiter(int burst, Duration interval, int maxKeys, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.burst = burst * this.interval;
        this.nanoTime = nanoTime;
        this.fullAt = LruCache.of(maxKeys);
    }

    /** Time until the bucket of a key has a token; zero if it has one. */
    public synchronized Duration waitOf(String key) {
        return Duration.ofNanos(Math.max(0, used(key).toNanos() + interval - burst));
    }

    /** Time until the bucket of a key is full; zero if it is. */
    public synchronized Duration used(String key) {
        long now = nanoTime.getAsLong();
        return Duration.ofNanos(Math.max(0, fullAt.getOrDefault(key, now) - now));
    }

    /** Takes a token. Without one the debt prolongs the wait. */
    public void take(String key) {
        take(key, 1);
    }

    /** Takes a number of tokens. */
    public synchronized void take(String key, int tokens) {
        long now = nanoTime.getAsLong();
        long time = tokens * interval;
        fullAt.merge(key, now + time, (at, first) -> at - now > 0 ? at + time : first);
    }

    /** Takes a token if there is one, else returns false. */
    public synchronized boolean tryTake(String key) {
        boolean available = waitOf(key).isZero();
        if (available) {
            take(key);
        }
        return available;
    }
}
