package io.minimalcluster.system.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions by polling. After the timeout it fails with a description of the condition. */
public final class Await {
    /** A timeout for operations that take seconds, on a machine under load. */
    public static final Duration LONG = Duration.ofMinutes(3);

    private static final long POLL_INTERVAL_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /** Waits until the condition holds, with the timeout {@link #LONG}. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG, condition);
    }

    /** Waits until the condition holds. */
    public static void until(String what, Duration timeout, BooleanSupplier condition) {
        found(what, timeout, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until the supplier returns a value. */
    public static <T> T found(String what, Duration timeout, Supplier<Optional<T>> supplier) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Optional<T> found = supplier.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + timeout.toMillis() + " ms without: " + what);
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
    }
}
