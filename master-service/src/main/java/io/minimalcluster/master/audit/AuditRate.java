package io.minimalcluster.master.audit;

import io.minimalcluster.master.limit.RateLimiter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the entries of each key, so that a flood of calls does not fill the disk. Calls above the rate are counted and
 * written together. All calls without a key share one rate.
 */
final class AuditRate {
    static final int CALLS_AT_ONCE = 1_000;
    static final Duration EACH_CALL = Duration.ofSeconds(2);
    static final int REJECTIONS_AT_ONCE = 50;
    static final Duration EACH_REJECTION = Duration.ofSeconds(10);

    private static final int OWNERS = 10_000;
    private static final int MAX_KINDS = 10_000;

    private final RateLimiter calls;
    private final RateLimiter rejections;
    private Map<Kind, Counted> pending = new HashMap<>(); // guarded by this

    AuditRate(LongSupplier nanoTime) {
        this.calls = new RateLimiter(CALLS_AT_ONCE, EACH_CALL, OWNERS, nanoTime);
        this.rejections = new RateLimiter(REJECTIONS_AT_ONCE, EACH_REJECTION, OWNERS, nanoTime);
    }

    /** Calls that one entry represents. */
    record Kind(@Nullable String actor, String action, int status) {}

    /** @param address address of the first call */
    record Counted(String address, long count) {}

    /** Whether an entry of its own may be written for a call. Otherwise the call is to be counted. */
    boolean tryTake(@Nullable String actor, int status) {
        RateLimiter limiter = status < 400 ? calls : rejections;
        return limiter.tryTake(actor == null ? "" : actor);
    }

    /** Counts a call without an entry of its own. */
    void count(@Nullable String actor, String action, int status, String address) {
        add(new Kind(actor, action, status), new Counted(address, 1));
    }

    /** Counts calls again whose entries were not written. */
    void putBack(Map<Kind, Counted> counted) {
        counted.forEach(this::add);
    }

    private synchronized void add(Kind kind, Counted more) {
        Kind counted = pending.size() < MAX_KINDS || pending.containsKey(kind)
                ? kind
                : new Kind(null, kind.action(), kind.status());
        pending.merge(counted, more, (before, added) -> new Counted(before.address(), before.count() + added.count()));
    }

    /** The calls that were counted since the last call of this method. */
    synchronized Map<Kind, Counted> drain() {
        Map<Kind, Counted> counted = pending;
        pending = new HashMap<>();
        return counted;
    }
}
