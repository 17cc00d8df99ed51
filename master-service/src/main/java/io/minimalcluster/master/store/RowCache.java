package io.minimalcluster.master.store;

import io.minimalcluster.master.error.MasterException;
import io.minimalcluster.model.support.LruCache;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A cache of rows that this master alone writes. Each change goes through this class, which invalidates the rows.
 * Thread-safe.
 */
public final class RowCache<K, V> {
    /** Time without caching after a write whose outcome is unknown: the server may still commit it. */
    private static final Duration UNCERTAIN = Duration.ofMinutes(1);

    private final Map<K, V> rows;
    private final AtomicLong changes = new AtomicLong();
    private volatile long uncertainUntil = System.nanoTime();

    /** @param size maximum number of rows; the least recently used is dropped */
    public RowCache(int size) {
        this.rows = LruCache.of(size);
    }

    /**
     * Returns a row from the cache, or reads it. A row that was read is cached unless a change was made meanwhile.
     *
     * @param mayCache whether the row is small enough to be cached
     */
    public Optional<V> get(K key, Supplier<Optional<V>> read, Predicate<V> mayCache) {
        V known = rows.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        long before = changes.get();
        Optional<V> found = read.get();
        found.filter(mayCache).ifPresent(row -> remember(key, row, before));
        return found;
    }

    private void remember(K key, V row, long changesBefore) {
        synchronized (rows) {
            if (changes.get() == changesBefore && System.nanoTime() - uncertainUntil >= 0) {
                rows.put(key, row);
            }
        }
    }

    /** Waits for a change of a row and invalidates it. */
    public <T> T change(K changed, CompletableFuture<T> write) {
        return change(() -> rows.remove(changed), write);
    }

    /** Waits for a change of rows and invalidates those with such keys. Visits all rows. */
    public <T> T changeAll(Predicate<? super K> changed, CompletableFuture<T> write) {
        return change(() -> rows.keySet().removeIf(changed), write);
    }

    /** A write that times out may still be committed, and then invalidates the rows once more. */
    private <T> T change(Runnable remove, CompletableFuture<T> write) {
        var _ = write.whenComplete((_, _) -> invalidate(remove));
        boolean isUncertain = true;
        try {
            T result = Store.await(write);
            isUncertain = false;
            return result;
        } catch (MasterException e) {
            isUncertain = e instanceof MasterException.Unavailable; // otherwise the change was rejected
            throw e;
        } finally {
            if (isUncertain) {
                uncertainUntil = System.nanoTime() + UNCERTAIN.toNanos();
            }
            invalidate(remove);
        }
    }

    private void invalidate(Runnable remove) {
        synchronized (rows) {
            changes.incrementAndGet();
            remove.run();
        }
    }
}
