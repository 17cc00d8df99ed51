package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.error.MasterException.Unavailable;
import io.minimalcluster.master.limit.SharedBudget;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Limits the heap that request bodies use together (back-pressure), and the share of each owner. A quarter is reserved
 * for calls of workers. A large body exists in several copies for a moment. Its request therefore acquires memory
 * first, in FIFO order, and fails with 503 after a timeout.
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

    private final Duration acquireTimeout;
    private final SharedBudget kibibytes;

    @Autowired
    RequestMemoryBudget() {
        this((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP), ACQUIRE_TIMEOUT);
    }

    RequestMemoryBudget(long bytes, Duration acquireTimeout) {
        this.acquireTimeout = acquireTimeout;
        long total = bytes / KIBIBYTE;
        long reserve = total / 4;
        this.kibibytes = new SharedBudget(total, (total - reserve) / 2, reserve);
    }

    /** Largest body of an owner that fits into an otherwise unused budget, in bytes. */
    long largest(String owner) {
        return kibibytes.largest(owner) * KIBIBYTE / COPIES;
    }

    /**
     * Creates the share of one request, without acquiring memory yet.
     *
     * @param owner owner of the request, see {@link SharedBudget}
     * @param maxHeld maximum bytes that the request holds at a time
     * @param whole whether the request holds its whole body, instead of one buffer
     */
    Share share(String owner, long maxHeld, boolean whole) {
        return new Share(owner, maxHeld, whole);
    }

    /**
     * Memory of one request. It is acquired once and held until the request ends: acquiring in steps could deadlock.
     */
    final class Share implements AutoCloseable {
        private final String owner;
        private final long maxHeld;
        private final boolean whole;
        private long taken;

        private Share(String owner, long maxHeld, boolean whole) {
            this.owner = owner;
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
            if (maxHeld > largest(owner)) {
                throw new PayloadTooLarge(largest(owner));
            }
            long needed = Math.max(1, COPIES * maxHeld / KIBIBYTE);
            try {
                if (!kibibytes.tryAcquire(owner, needed, acquireTimeout)) {
                    throw new Unavailable("Too many large bodies are sent at once.", RETRY_AFTER);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable("The master is shutting down.", RETRY_AFTER, e);
            }
            taken = needed;
        }

        /** Whether the request holds memory of the budget. */
        boolean isTaken() {
            return taken > 0;
        }

        @Override
        public void close() {
            if (taken > 0) {
                kibibytes.release(owner, taken);
                taken = 0;
            }
        }
    }
}
