package io.minimalcluster.master.idempotency;

import io.minimalcluster.master.error.MasterException.Conflict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The keys of the calls that are under way. */
@Component
final class InFlightKeys {
    /** The state of the conflict between two calls with one key. */
    static final String IN_PROGRESS = "IN_PROGRESS";

    private final Set<IdempotencyKey> held = ConcurrentHashMap.newKeySet();

    /** Takes a key until it is released. */
    void take(IdempotencyKey key) {
        if (!held.add(key)) {
            throw new Conflict("A call with this Idempotency-Key is under way: wait for its answer.", IN_PROGRESS);
        }
    }

    void release(IdempotencyKey key) {
        held.remove(key);
    }
}
