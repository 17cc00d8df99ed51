package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.Conflict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The idempotency keys of calls in progress. */
@Component
final class InFlightKeys {
    /** {@code state} of the conflict between two concurrent calls with the same key. */
    static final String IN_PROGRESS = "IN_PROGRESS";

    private final Set<IdempotencyKey> held = ConcurrentHashMap.newKeySet();

    /**
     * Acquires a key until {@link #release}.
     *
     * @throws Conflict if another call holds the key
     */
    void take(IdempotencyKey key) {
        if (!held.add(key)) {
            throw new Conflict("A call with this Idempotency-Key is in progress: wait for its response.", IN_PROGRESS);
        }
    }

    void release(IdempotencyKey key) {
        held.remove(key);
    }
}
