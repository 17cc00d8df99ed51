package io.minimalcluster.master.limit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Permits that owners share. An owner has at most its share at a time, except that one request of any size up to the
 * total always succeeds in the end. A reserve is for workers alone. Waiters are served in FIFO order; a waiter whose
 * owner has used its share lets others pass. Thread-safe.
 */
public final class SharedBudget {
    /** Stands for all workers, which have no share of their own and may use the reserve. */
    public static final String WORKERS = "";

    private final long total;
    private final long perOwner;
    private final long reserve;
    private final Map<String, Long> usedBy = new HashMap<>(); // guarded by this
    private final Deque<Waiter> waiters = new ArrayDeque<>(); // guarded by this
    private long used; // guarded by this

    /**
     * Creates a budget without used permits.
     *
     * @param perOwner maximum permits of one owner
     * @param reserve permits that only {@link #WORKERS} get
     */
    public SharedBudget(long total, long perOwner, long reserve) {
        this.total = total;
        this.perOwner = perOwner;
        this.reserve = reserve;
    }

    private record Waiter(String owner, long permits, CompletableFuture<Void> granted) {}

    /** Maximum permits of one request. */
    public long largest(String owner) {
        return owner.equals(WORKERS) ? total : total - reserve;
    }

    /** Acquires permits if they are available now, else returns false. */
    public boolean tryAcquire(String owner, long permits) {
        Waiter waiter = enqueue(owner, permits);
        return waiter.granted.isDone() || !withdraw(waiter);
    }

    /** Acquires permits, or returns false after the timeout. */
    public boolean tryAcquire(String owner, long permits, Duration timeout) throws InterruptedException {
        Waiter waiter = enqueue(owner, permits);
        try {
            waiter.granted.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return !withdraw(waiter);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            if (!withdraw(waiter)) {
                release(owner, permits);
            }
            throw e;
        }
    }

    /** Returns permits. */
    public synchronized void release(String owner, long permits) {
        used -= permits;
        usedBy.computeIfPresent(owner, (_, count) -> count == permits ? null : count - permits);
        grant();
    }

    private synchronized Waiter enqueue(String owner, long permits) {
        Waiter waiter = new Waiter(owner, permits, new CompletableFuture<>());
        waiters.add(waiter);
        grant();
        return waiter;
    }

    /** Removes a waiter; false if it has got its permits. */
    private synchronized boolean withdraw(Waiter waiter) {
        boolean isWaiting = waiters.remove(waiter);
        if (isWaiting) {
            grant(); // others may have waited behind it
        }
        return isWaiting;
    }

    private void grant() {
        List<Waiter> granted = new ArrayList<>();
        boolean isFull = false;
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            boolean isWorker = waiter.owner.equals(WORKERS);
            if ((isWorker || !isFull) && !exceedsShare(waiter)) {
                if (fits(waiter)) {
                    all.remove();
                    used += waiter.permits;
                    usedBy.merge(waiter.owner, waiter.permits, Long::sum);
                    granted.add(waiter);
                } else if (isWorker) {
                    break;
                } else {
                    isFull = true; // a smaller request must not overtake
                }
            }
        }
        granted.forEach(waiter -> waiter.granted.complete(null));
    }

    private boolean exceedsShare(Waiter waiter) {
        long own = usedBy.getOrDefault(waiter.owner, 0L);
        return !waiter.owner.equals(WORKERS) && own > 0 && own + waiter.permits > perOwner;
    }

    private boolean fits(Waiter waiter) {
        long others = used - usedBy.getOrDefault(WORKERS, 0L);
        return used + waiter.permits <= total
                && (waiter.owner.equals(WORKERS) || others + waiter.permits <= total - reserve);
    }
}
