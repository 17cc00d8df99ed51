package io.minimalcluster.system.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits until something is so; at the end of the time it fails, and says what never came. */
public final class Await {
    /** Long for what takes seconds on a machine that is busy with other things. */
    public static final Duration LONG = Duration.ofMinutes(3);

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /** Waits, long if need be, until the condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, LONG, condition);
    }

    /** Waits until the condition holds. */
    public static void until(String what, Duration longest, BooleanSupplier condition) {
        found(what, longest, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until something is there. */
    public static <T> T found(String what, Duration longest, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("after " + longest.toMillis() + " ms there is still not: " + what);
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
