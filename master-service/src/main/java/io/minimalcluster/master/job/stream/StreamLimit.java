package io.minimalcluster.master.job.stream;

import io.minimalcluster.master.error.MasterException.TooManyRequests;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Limits the number of open streams, in total and per owner. */
final class StreamLimit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final Semaphore all;
    private final Map<String, Integer> byOwner = new ConcurrentHashMap<>();

    StreamLimit(StreamSettings settings) {
        this.settings = settings;
        this.all = new Semaphore(settings.maxOpen());
    }

    void acquire(String owner) {
        byOwner.merge(owner, 1, (taken, one) -> {
            if (taken >= settings.maxOpenPerOwner()) {
                throw new TooManyRequests(
                        "You have " + settings.maxOpenPerOwner() + " streams open already.", RETRY_AFTER);
            }
            return taken + one;
        });
        if (!all.tryAcquire()) {
            decrement(owner);
            throw new TooManyRequests("There are " + settings.maxOpen() + " open streams already.", RETRY_AFTER);
        }
    }

    void release(String owner) {
        all.release();
        decrement(owner);
    }

    private void decrement(String owner) {
        byOwner.computeIfPresent(owner, (_, taken) -> taken == 1 ? null : taken - 1);
    }
}
