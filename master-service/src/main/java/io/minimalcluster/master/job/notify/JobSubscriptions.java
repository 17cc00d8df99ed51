package io.minimalcluster.master.job.notify;

import io.minimalcluster.model.JobId;
import io.minimalcluster.model.support.LruCache;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Registry of callers that wait for the end of a job and of subscriptions to its changes. */
@Component
public class JobSubscriptions {
    private static final int UNFINISHED = 10_000;

    private final Map<JobId, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Map<JobId, String> unfinished = LruCache.of(UNFINISHED); // owners
    private final Map<Long, Set<JobSubscription>> subscribed = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder ends = new LongAdder();
    private volatile boolean closed;

    /** Notes a new job, after its commit and before its id is known to a client. */
    public void queued(JobId id, String owner) {
        unfinished.put(id, owner);
    }

    /**
     * Whether a job is known not to have ended, without a look into the store. False if that is not known, or if the
     * caller may not see jobs of the owner.
     *
     * @param isVisible whether the caller may see the jobs of an owner
     */
    private boolean isUnfinished(JobId id, Predicate<String> isVisible) {
        String owner = unfinished.get(id);
        return owner != null && isVisible.test(owner);
    }

    /** Counts the end of a job and ends all waits for it. */
    public void ended(JobId id) {
        ends.increment();
        endWaits(id);
    }

    /** Ends all waits for a job that was deleted or had already ended. */
    public void endWaits(JobId id) {
        unfinished.remove(id); // before the waiters are read: a waiter registers, and then looks here
        waiting.getOrDefault(id, Set.of()).forEach(Waiter::end);
    }

    /** Wakes all waiters and subscribers to check the store again, without ending their waits. */
    void wakeAll() {
        unfinished.clear();
        waiting.values().forEach(waiters -> waiters.forEach(Waiter::wake));
        subscribed.values().forEach(subscriptions -> subscriptions.forEach(JobSubscription::wake));
    }

    /**
     * Blocks until the job has ended or the wait has elapsed.
     *
     * @param isVisible whether the caller may see the jobs of an owner
     * @param isOver reads from the store whether the job has ended. Not called for a job that is known to be
     *     unfinished.
     */
    public void awaitEnd(JobId id, Duration wait, Predicate<String> isVisible, BooleanSupplier isOver) {
        if (wait.isZero() || closed) {
            return;
        }
        Waiter waiter = new Waiter(wait);
        waiting.compute(id, (_, waiters) -> {
            Set<Waiter> all = waiters == null ? ConcurrentHashMap.newKeySet() : waiters;
            all.add(waiter);
            return all;
        });
        try {
            boolean keepWaiting = true;
            // Both are checked after registration, so that an end in between is not missed.
            while (keepWaiting && !closed && (isUnfinished(id, isVisible) || !isOver.getAsBoolean())) {
                keepWaiting = waiter.await(); // the caller reads the state of the job in both cases
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            removeWaiter(id, waiter);
        }
    }

    private void removeWaiter(JobId id, Waiter waiter) {
        waiting.computeIfPresent(id, (_, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    /** A caller that waits for the end of a job. */
    private static final class Waiter {
        private final Semaphore wakeUps = new Semaphore(0);
        private final long start = System.nanoTime();
        private final long nanos;
        private volatile boolean ended;

        Waiter(Duration wait) {
            this.nanos = wait.toNanos();
        }

        void end() {
            ended = true;
            wake();
        }

        void wake() {
            wakeUps.release();
        }

        /** Waits for a wake-up. Returns whether the caller should check the store and continue to wait. */
        boolean await() throws InterruptedException {
            return wakeUps.tryAcquire(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS) && !ended;
        }
    }

    /** Notifies the subscribers of new results or a new state of a job. */
    public void changed(long seq) {
        subscribed.getOrDefault(seq, Set.of()).forEach(JobSubscription::wake);
    }

    /** Subscribes to the changes of a job until the subscription is closed. */
    public JobSubscription follow(long seq) {
        JobSubscription subscription = new JobSubscription(closing, ended -> unsubscribe(seq, ended));
        subscribed.compute(seq, (_, subscriptions) -> {
            Set<JobSubscription> all = subscriptions == null ? ConcurrentHashMap.newKeySet() : subscriptions;
            all.add(subscription);
            return all;
        });
        return subscription;
    }

    private void unsubscribe(long seq, JobSubscription subscription) {
        subscribed.computeIfPresent(seq, (_, subscriptions) -> {
            subscriptions.remove(subscription);
            return subscriptions.isEmpty() ? null : subscriptions;
        });
    }

    /** Number of ends of jobs reported to this registry. */
    public long ends() {
        return ends.sum();
    }

    /** Number of jobs with waiters. */
    int size() {
        return waiting.size();
    }

    /** Blocks until the time has elapsed. Returns true at once if the master shuts down. */
    public boolean awaitClosing(Duration time) throws InterruptedException {
        return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends all current and future waits. */
    public void close() {
        closed = true;
        closing.countDown();
        subscribed.values().forEach(subscriptions -> subscriptions.forEach(JobSubscription::wake));
        waiting.keySet().forEach(this::endWaits);
    }
}
