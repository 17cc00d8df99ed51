package io.minimalcluster.master.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Rate limiter (token bucket) of audit entries for rejected calls, so that a flood does not fill the disk. */
final class RefusalRateLimiter {
    static final int AT_ONCE = 50;
    static final Duration EACH = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    // all guarded by this
    private long refilledAt;
    private int tokens = AT_ONCE;
    private long unwritten;

    RefusalRateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.refilledAt = nanoTime.getAsLong();
    }

    /**
     * Counts a rejection. Returns the number of rejections that the next entry represents; 0 if no entry is to be
     * written.
     */
    synchronized long spend() {
        long refill = (nanoTime.getAsLong() - refilledAt) / EACH.toNanos();
        refilledAt += refill * EACH.toNanos();
        tokens = (int) Math.min(AT_ONCE, tokens + refill);
        unwritten++;
        if (tokens == 0) {
            return 0;
        }
        tokens--;
        long times = unwritten;
        unwritten = 0;
        return times;
    }
}
