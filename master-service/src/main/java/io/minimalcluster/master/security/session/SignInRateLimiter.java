package io.minimalcluster.master.security.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Rate limiter of failed sign-ins per address: a burst, then one every few seconds. */
final class SignInRateLimiter {
    static final int AT_ONCE = 10;
    static final Duration EACH = Duration.ofSeconds(6);

    /** Maximum number of tracked addresses; the address with the oldest failure is evicted. */
    static final int ADDRESSES = 10_000;

    private final LongSupplier nanoTime;
    private final Map<String, Failures> failed = new LinkedHashMap<>() { // guarded by this
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > ADDRESSES;
                }
            };

    SignInRateLimiter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Remaining wait of an address; zero if it may try. */
    synchronized Duration waitOf(String address) {
        Failures failures = failed.get(address);
        if (failures == null) {
            return Duration.ZERO;
        }
        long over = failures.weight(nanoTime.getAsLong()) + EACH.toNanos() - AT_ONCE * EACH.toNanos();
        return Duration.ofNanos(Math.max(0, over));
    }

    /** Records a failed sign-in. */
    synchronized void failed(String address) {
        long now = nanoTime.getAsLong();
        Failures before = failed.remove(address); // reinserted below as the most recent
        failed.put(address, new Failures(now, (before == null ? 0 : before.weight(now)) + EACH.toNanos()));
    }

    /**
     * Decaying weight of the failures of an address.
     *
     * @param nanos weight at the time {@code at}; each failure adds the time after which it has decayed
     */
    private record Failures(long at, long nanos) {
        long weight(long now) {
            return Math.max(0, nanos - (now - at));
        }
    }
}
