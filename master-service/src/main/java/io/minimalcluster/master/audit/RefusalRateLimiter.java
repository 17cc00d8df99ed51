package io.minimalcluster.master.audit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many refusals are written: some at once, then one every few seconds, so that a flood of them fills no disk. */
final class RefusalRateLimiter {
    static final int AT_ONCE = 50;
    static final Duration EACH = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    // all guarded by this
    private long last;
    private int left = AT_ONCE;
    private long unwritten;

    RefusalRateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** For how many refusals the one that is to be written stands; 0 if it is not to be written. */
    synchronized long spend() {
        long more = (nanoTime.getAsLong() - last) / EACH.toNanos();
        last += more * EACH.toNanos();
        left = (int) Math.min(AT_ONCE, left + more);
        unwritten++;
        if (left == 0) {
            return 0;
        }
        left--;
        long times = unwritten;
        unwritten = 0;
        return times;
    }
}
