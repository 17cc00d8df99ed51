package io.minimalcluster.master.http;

import io.minimalcluster.master.error.MasterException.PayloadTooLarge;
import io.minimalcluster.master.error.MasterException.Unavailable;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The heap that bodies may take on their way to the store. What is long is there several times for a moment, so who
 * brings it waits for room, in turn, and is sent away after a while: otherwise all would fail together.
 */
@Component
final class RequestMemoryBudget {
    /** Up to here nobody asks: as many as there can be connections have room. */
    static final int SMALL = 128 * 1024;

    /** As it is read, while its buffer grows, as it is kept, and in the driver. */
    static final int COPIES = 4;

    private static final double SHARE_OF_HEAP = 0.35;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int KIBIBYTE = 1024;

    private final long bytes;
    private final Duration patience;
    private final Semaphore kibibytes;

    @Autowired
    RequestMemoryBudget() {
        this((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP), PATIENCE);
    }

    RequestMemoryBudget(long bytes, Duration patience) {
        this.bytes = bytes;
        this.patience = patience;
        this.kibibytes = new Semaphore(kibibytes(bytes), true);
    }

    private static int kibibytes(long bytes) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes / KIBIBYTE));
    }

    /** How long a body can be at most for there to be room for it when nobody else takes some. */
    long largest() {
        return bytes / COPIES;
    }

    /**
     * What one request takes: nothing yet.
     *
     * @param most how long what it holds at a time can become
     * @param whole whether it holds all that it has read, and not only what its buffer holds
     */
    Share share(long most, boolean whole) {
        return new Share(most, whole);
    }

    /**
     * What one request takes, once and for as long as it lasts: who has some and waits for more could wait for ever.
     */
    final class Share implements AutoCloseable {
        private final long most;
        private final boolean whole;
        private int taken;

        private Share(long most, boolean whole) {
            this.most = most;
            this.whole = whole;
        }

        /**
         * Makes sure that there is room to read on.
         *
         * @param read how much it has read
         * @param buffer how much its reader's buffer takes
         * @throws Unavailable if others have the room for too long
         * @throws PayloadTooLarge if there can't be as much room
         */
        void readOn(long read, int buffer) {
            if (whole && read > most) {
                throw new PayloadTooLarge(most); // its length was not known before
            }
            if (taken == 0 && (buffer > SMALL || (whole && read > SMALL))) {
                take();
            }
        }

        private void take() {
            if (most > largest()) {
                throw new PayloadTooLarge(largest());
            }
            int needed = Math.max(1, kibibytes(COPIES * most));
            try {
                if (!kibibytes.tryAcquire(needed, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new Unavailable("Too much is sent at once.", RETRY_AFTER);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable("The master is going down.", RETRY_AFTER, e);
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
