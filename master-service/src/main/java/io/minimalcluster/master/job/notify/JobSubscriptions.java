package io.minimalcluster.master.job.notify;

import io.minimalcluster.model.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Those who wait for the end of a job, and those who follow it, woken when there is something to see. */
@Component
public class JobSubscriptions {
    private final Map<JobId, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final Map<Long, Set<JobSubscription>> following = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder ends = new LongAdder();
    private volatile boolean closed;

    /** Tells that the job has ended just now. */
    public void ended(JobId id) {
        ends.increment();
        gone(id);
    }

    /** Tells that the job is there no more, or was over already. */
    public void gone(JobId id) {
        waiting.getOrDefault(id, Set.of()).forEach(Waiter::end);
    }

    /** Something may have happened that was not told: all who wait look again, and wait on. */
    void lookAgain() {
        waiting.values().forEach(waiters -> waiters.forEach(Waiter::wake));
        following.values().forEach(subscriptions -> subscriptions.forEach(JobSubscription::wake));
    }

    /**
     * Waits until the job has ended.
     *
     * @param isOver what the store says
     */
    public void awaitEnd(JobId id, Duration wait, BooleanSupplier isOver) {
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
            boolean mayEnd = true;
            // both asked after joining those who wait, so that an end in between is not missed
            while (mayEnd && !closed && !isOver.getAsBoolean()) {
                mayEnd = waiter.await(); // ended or not, the caller looks again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(id, waiter);
        }
    }

    private void forget(JobId id, Waiter waiter) {
        waiting.computeIfPresent(id, (_, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
    }

    /** Somebody who waits for the end of a job. */
    private static final class Waiter {
        private final Semaphore calls = new Semaphore(0);
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
            calls.release();
        }

        /** Waits to be woken; whether it is worth while to look and to wait on. */
        boolean await() throws InterruptedException {
            return calls.tryAcquire(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS) && !ended;
        }
    }

    /** Tells that there is news of a job: results, another state. */
    public void changed(long seq) {
        following.getOrDefault(seq, Set.of()).forEach(JobSubscription::wake);
    }

    /** Is told of news from now on, until it is closed. */
    public JobSubscription follow(long seq) {
        JobSubscription subscription = new JobSubscription(closing, me -> unfollow(seq, me));
        following.compute(seq, (_, subscriptions) -> {
            Set<JobSubscription> all = subscriptions == null ? ConcurrentHashMap.newKeySet() : subscriptions;
            all.add(subscription);
            return all;
        });
        return subscription;
    }

    private void unfollow(long seq, JobSubscription subscription) {
        following.computeIfPresent(seq, (_, subscriptions) -> {
            subscriptions.remove(subscription);
            return subscriptions.isEmpty() ? null : subscriptions;
        });
    }

    /** How many jobs have ended, as far as it was told. */
    public long ends() {
        return ends.sum();
    }

    /** How many jobs are followed. */
    int followed() {
        return following.size();
    }

    /** How many jobs are waited for. */
    int size() {
        return waiting.size();
    }

    /** Ends every wait, now and from now on. */
    public void close() {
        closed = true;
        closing.countDown();
        following.values().forEach(subscriptions -> subscriptions.forEach(JobSubscription::wake));
        waiting.keySet().forEach(this::gone);
    }
}
