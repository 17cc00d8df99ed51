package io.minimalcluster.master.security.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How often an address may try a wrong key: some times at once, then one every few seconds. */
final class SignInRateLimiter {
    static final int AT_ONCE = 10;
    static final Duration EACH = Duration.ofSeconds(6);

    /** How many addresses are remembered, those that failed last. */
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

    /** How long the address has to wait; zero if it may try. */
    synchronized Duration waitOf(String address) {
        Failures failures = failed.get(address);
        if (failures == null) {
            return Duration.ZERO;
        }
        long over = failures.weight(nanoTime.getAsLong()) + EACH.toNanos() - AT_ONCE * EACH.toNanos();
        return Duration.ofNanos(Math.max(0, over));
    }

    /** Notes that it tried a wrong key. */
    synchronized void failed(String address) {
        long now = nanoTime.getAsLong();
        Failures before = failed.remove(address); // and is put in as the last one that failed
        failed.put(address, new Failures(now, (before == null ? 0 : before.weight(now)) + EACH.toNanos()));
    }

    /**
     * What is left of the failures of an address.
     *
     * @param nanos as it was at a time; each failure weighs as long as it takes to be forgotten
     */
    private record Failures(long at, long nanos) {
        long weight(long now) {
            return Math.max(0, nanos - (now - at));
        }
    }
}
