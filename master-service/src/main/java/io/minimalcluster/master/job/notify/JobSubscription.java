package io.minimalcluster.master.job.notify;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Who follows a job; news that come while it is busy are not missed. */
public final class JobSubscription implements AutoCloseable {
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closing;
    private final Consumer<JobSubscription> leave;
    private volatile boolean over;

    JobSubscription(CountDownLatch closing, Consumer<JobSubscription> leave) {
        this.closing = closing;
        this.leave = leave;
    }

    void wake() {
        news.release();
    }

    /** Tells that it is to follow no longer. */
    public void end() {
        over = true;
        wake();
    }

    /** Waits for news; false when none came in time. */
    public boolean await(Duration longest) throws InterruptedException {
        boolean woken = !isClosing() && news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
        news.drainPermits();
        return woken;
    }

    /** Pauses, news or not, unless the master goes down. */
    public void pause(Duration time) throws InterruptedException {
        var _ = closing.await(time.toNanos(), TimeUnit.NANOSECONDS); // either way the caller looks again
    }

    /** Whether it is to end: it was told so, or the master goes down. */
    public boolean isClosing() {
        return over || closing.getCount() == 0;
    }

    @Override
    public void close() {
        leave.accept(this);
    }
}
