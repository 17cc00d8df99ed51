package io.minimalcluster.worker.batch;

import java.time.Duration;

/**
 * A counter of changes: a thread that has read the count can wait for the next change without missing it. Thread-safe.
 */
public final class ChangeCounter {
    private long count;

    public synchronized long count() {
        return count;
    }

    public synchronized void raise() {
        count++;
        notifyAll();
    }

    /** Waits until the count differs from a count read before. */
    public synchronized void awaitAfter(long seen) throws InterruptedException {
        while (count == seen) {
            wait();
        }
    }

    /** Waits until the count differs from a count read before, or the limit has passed. */
    public synchronized void awaitAfter(long seen, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = deadline - System.nanoTime(); count == seen && left > 0; left = deadline - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
    }
}
