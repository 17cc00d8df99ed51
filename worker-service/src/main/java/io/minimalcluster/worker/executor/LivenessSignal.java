package io.minimalcluster.worker.executor;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The signs of life that an executor is given while it runs tasks, and whether they failed to come: then it may have
 * ended itself, as it should, and its task is not to blame. For many threads.
 */
final class LivenessSignal {
    private static final long MOST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int WITHIN_PATIENCE = 8;

    private final ExecutorProcess executor;
    private final Duration patience;
    private final LongSupplier nanoTime;

    private long last;
    private long longestGap;

    /** @param patience of the executor; zero for no end of it, where no signs are needed */
    LivenessSignal(ExecutorProcess executor, Duration patience, LongSupplier nanoTime) {
        this.executor = executor;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
        send();
    }

    /** Gives one, if it is time for it. */
    synchronized void give() {
        long now = nanoTime.getAsLong();
        if (!patience.isZero() && now - last >= Math.min(MOST_NANOS, patience.toNanos() / WITHIN_PATIENCE)) {
            longestGap = Math.max(longestGap, now - last);
            last = now;
            send();
        }
    }

    private void send() {
        try {
            if (!patience.isZero()) {
                executor.signOfLife(patience);
            }
        } catch (IOException _) {
            longestGap = Long.MAX_VALUE; // it was not heard of, whatever the reason
        }
    }

    /** Whether there were none for so long that the executor may have taken this worker for gone. */
    synchronized boolean haveFailed() {
        long gap = Math.max(longestGap, nanoTime.getAsLong() - last);
        return !patience.isZero() && gap >= patience.toNanos() / 2;
    }
}
