package io.minimalcluster.master.job.notify;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Subscription to the changes of a job. A notification that arrives while the subscriber is busy is kept. */
public final class JobSubscription implements AutoCloseable {
    private final Semaphore notifications = new Semaphore(0);
    private final CountDownLatch closing;
    private final Consumer<JobSubscription> unsubscribe;
    private volatile boolean ended;

    JobSubscription(CountDownLatch closing, Consumer<JobSubscription> unsubscribe) {
        this.closing = closing;
        this.unsubscribe = unsubscribe;
    }

    void wake() {
        notifications.release();
    }

    /** Ends the subscription and wakes the subscriber. */
    public void end() {
        ended = true;
        wake();
    }

    /** Waits for a notification. Returns false after the timeout. */
    public boolean await(Duration timeout) throws InterruptedException {
        boolean woken = !isClosing() && notifications.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
        notifications.drainPermits();
        return woken;
    }

    /** Sleeps regardless of notifications, unless the master shuts down. */
    public void pause(Duration time) throws InterruptedException {
        var _ = closing.await(time.toNanos(), TimeUnit.NANOSECONDS); // the caller checks isClosing in both cases
    }

    /** Whether the subscriber has to stop, because the subscription ended or the master shuts down. */
    public boolean isClosing() {
        return ended || closing.getCount() == 0;
    }

    @Override
    public void close() {
        unsubscribe.accept(this);
    }
}
