package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Limits the heap that request bodies use together (back-pressure). A large body exists in several copies for a moment.
 * Its request therefore acquires memory first, in FIFO order, and fails with 503 after a timeout.
 */
@Component
final class RequestMemoryBudget {
    /** Bodies up to this size need no permits: the heap has memory for one on each connection. */
    static final int SMALL = 128 * 1024;

    /** Copies of a body: the bytes read, the grown buffer, the retained value, the copy of the database driver. */
    static final int COPIES = 4;

    private static final double SHARE_OF_HEAP = 0.35;
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int KIBIBYTE = 1024;

    private final long bytes;
    private final Duration acquireTimeout;
    private final Semaphore kibibytes;

    @Autowired
    RequestMemoryBudget() {
        this((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP), ACQUIRE_TIMEOUT);
    }

    RequestMemoryBudget(long bytes, Duration acquireTimeout) {
        this.bytes = bytes;
        this.acquireTimeout = acquireTimeout;
        this.kibibytes = new Semaphore(kibibytes(bytes), true);
    }

    private static int kibibytes(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes / KIBIBYTE));
    }

    /** Largest body that fits into an otherwise unused budget, in bytes. */
    long largest() {
        return bytes / COPIES;
    }

    /**
     * Creates the share of one request, without acquiring memory yet.
     *
     * @param maxHeld maximum bytes that the request holds at a time
     * @param whole whether the request holds its whole body, instead of one buffer
     */
    Share share(long maxHeld, boolean whole) {
        return new Share(maxHeld, whole);
    }

    /**
     * Memory of one request. It is acquired once and held until the request ends: acquiring in steps could deadlock.
     */
    final class Share implements AutoCloseable {
        private final long maxHeld;
        private final boolean whole;
        private int taken;

        private Share(long maxHeld, boolean whole) {
            this.maxHeld = maxHeld;
            this.whole = whole;
        }

        /**
         * Acquires memory before the next read, if needed.
         *
         * @param read bytes read so far
         * @param buffer size of the reader's buffer
         * @throws Unavailable if the memory is not available within the timeout
         * @throws PayloadTooLarge if the body is larger than the whole budget
         */
        void readOn(long read, int buffer) {
            if (whole && read > maxHeld) {
                throw new PayloadTooLarge(maxHeld); // without Content-Length
            }
            if (taken == 0 && (buffer > SMALL || (whole && read > SMALL))) {
                take();
            }
        }

        private void take() {
            if (maxHeld > largest()) {
                throw new PayloadTooLarge(largest());
            }
            int needed = Math.max(1, kibibytes(COPIES * maxHeld));
            try {
                if (!kibibytes.tryAcquire(needed, acquireTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new Unavailable("Too many large bodies are sent at once.", RETRY_AFTER);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable("The master is shutting down.", RETRY_AFTER, e);
            }
            taken = needed;
        }

        @Override
        public void close() {
            kibibytes.release(taken);
            taken = 0;
        }
    }
}
