package io.minimalcluster.master.job;

import io.minimalcluster.model.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Those who wait for the end of a job, and those who follow it, woken when there is something to see. */
@Component
public class JobWatch {
    private final Map<JobId, Set<CountDownLatch>> waiting = new ConcurrentHashMap<>();
    private final Map<Long, Set<Follower>> following = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder ends = new LongAdder();
    private volatile boolean closed;

    /** Tells that the job has ended just now. */
    public void ended(JobId id) {
        ends.increment();
        gone(id);
    }

    /** Tells that the job is there no more, or was over already. */
    void gone(JobId id) {
        Set<CountDownLatch> latches = waiting.remove(id);
        if (latches != null) {
            latches.forEach(CountDownLatch::countDown);
        }
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
        CountDownLatch ended = new CountDownLatch(1);
        waiting.compute(id, (_, latches) -> {
            Set<CountDownLatch> all = latches == null ? ConcurrentHashMap.newKeySet() : latches;
            all.add(ended);
            return all;
        });
        try {
            // both asked after joining those who wait, so that an end in between is not missed
            if (!closed && !isOver.getAsBoolean()) {
                var _ = ended.await(wait.toNanos(), TimeUnit.NANOSECONDS); // ended or not, the caller looks again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(id, ended);
        }
    }

    private void forget(JobId id, CountDownLatch latch) {
        waiting.computeIfPresent(id, (_, latches) -> {
            latches.remove(latch);
            return latches.isEmpty() ? null : latches;
        });
    }

    /** Tells that there is news of a job: results, another state. */
    public void changed(long seq) {
        following.getOrDefault(seq, Set.of()).forEach(Follower::wake);
    }

    /** Is told of news from now on, until it is closed. */
    public Follower follow(long seq) {
        Follower follower = new Follower(closing, me -> unfollow(seq, me));
        following.compute(seq, (_, followers) -> {
            Set<Follower> all = followers == null ? ConcurrentHashMap.newKeySet() : followers;
            all.add(follower);
            return all;
        });
        return follower;
    }

    private void unfollow(long seq, Follower follower) {
        following.computeIfPresent(seq, (_, followers) -> {
            followers.remove(follower);
            return followers.isEmpty() ? null : followers;
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
        following.values().forEach(followers -> followers.forEach(Follower::wake));
        waiting.keySet().forEach(this::gone);
    }
}
