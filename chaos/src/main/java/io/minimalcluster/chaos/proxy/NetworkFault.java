package io.minimalcluster.chaos.proxy;

import java.time.Duration;
import java.util.SplittableRandom;

/** A network fault. */
public sealed interface NetworkFault {
    /** Delays each burst of bytes by {@code base} plus or minus up to {@code jitter}, in both directions. */
    record Latency(Duration base, Duration jitter) implements NetworkFault {
        public Latency {
            if (base.isNegative() || jitter.isNegative()) {
                throw new IllegalArgumentException("a latency is not negative");
            }
        }

        /** The delay of the next burst; never negative. */
        Duration next(SplittableRandom random) {
            long swing = jitter.toNanos();
            long nanos = base.toNanos() + (swing == 0 ? 0 : random.nextLong(-swing, swing + 1));
            return Duration.ofNanos(Math.max(0, nanos));
        }
    }

    /**
     * Accepts connections and discards their bytes. After the fault, connections with discarded bytes are reset,
     * because their streams are incomplete.
     */
    record BlackHole() implements NetworkFault {}

    /** Blocks one direction. Held bytes arrive after the fault, as by TCP retransmission. */
    record Partition(Direction blocked) implements NetworkFault {}

    /** Resets a connection after a number of bytes in one direction, counted since the start of the fault. */
    record Reset(Direction counted, long afterBytes) implements NetworkFault {}

    /** Sends bytes in slices of a length, each as a packet of its own, with a pause in between. */
    record Slicer(int length, Duration pause) implements NetworkFault {
        public Slicer {
            if (length < 1) {
                throw new IllegalArgumentException("a slice has at least one byte");
            }
        }
    }

    /** Limits the bandwidth per connection and direction. */
    record Bandwidth(int bytesPerSecond) implements NetworkFault {
        public Bandwidth {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("use a partition to let nothing through");
            }
        }
    }
}
