package io.minimalcluster.worker.batch;

import java.time.Duration;

/** Counts changes, so that one who saw a count can wait for the next without missing any. For many threads. */
public final class ChangeCounter {
    private long count;

    public synchronized long count() {
        return count;
    }

    public synchronized void raise() {
        count++;
        notifyAll();
    }

    /** Waits until there was a change after a count. */
    public synchronized void awaitAfter(long seen) throws InterruptedException {
        while (count == seen) {
            wait();
        }
    }

    /** Waits until there was a change after a count, or the time is over. */
    public synchronized void awaitAfter(long seen, Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (long left = until - System.nanoTime(); count == seen && left > 0; left = until - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
