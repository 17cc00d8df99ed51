package io.minimalcluster.master.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Minimum transfer rate of a request body. Only the time in which the master waits for the sender counts.
 *
 * @param bytesPerSecond required average rate of a body that holds memory, after {@link #GRACE}
 */
record BodyRate(long bytesPerSecond, LongSupplier nanoTime) {
    /** The time that a sender gets in any case. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** A body that holds no memory of the budget occupies a connection only. */
    private static final double SHARE_WITHOUT_MEMORY = 0.01;

    private static final double SLOWEST_BYTES_PER_SECOND = 1;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Duration GRACE_OF_SLOWEST = Duration.ofMinutes(1);

    /** Measures the rate of one body. Not thread-safe. */
    final class Meter {
        private long waited;
        private long received;

        /** Adds a read that began at a time and got {@code bytes}. */
        void add(long beganAt, int bytes) {
            waited += nanoTime.getAsLong() - beganAt;
            received += bytes;
        }

        /** Starts the measurement again. */
        void restart() {
            waited = 0;
            received = 0;
        }

        /** @throws SocketTimeoutException if the body arrives more slowly than the required rate */
        void check() throws SocketTimeoutException {
            check(GRACE, (double) bytesPerSecond);
        }

        /** Checks the rate of a body that holds no memory of the budget. */
        void checkWithoutMemory() throws SocketTimeoutException {
            check(GRACE, bytesPerSecond * SHARE_WITHOUT_MEMORY);
        }

        /** Checks the rate of a body that its sender may compute while sending. */
        void checkSlowest() throws SocketTimeoutException {
            check(GRACE_OF_SLOWEST, SLOWEST_BYTES_PER_SECOND);
        }

        private void check(Duration grace, double rate) throws SocketTimeoutException {
            if (waited > grace.toNanos() + NANOS_PER_SECOND * received / rate) {
                throw new SocketTimeoutException("the body arrives too slowly");
            }
        }
    }

    Meter meter() {
        return new Meter();
    }
}
