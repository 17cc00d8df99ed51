package io.minimalcluster.chaos.proxy;

import java.time.Duration;
import java.util.SplittableRandom;

/** What a network does to those who rely on it. */
public sealed interface NetworkFault {
    /** Each burst of bytes comes later, by {@code base} and up to {@code jitter} more or less, in both directions. */
    record Latency(Duration base, Duration jitter) implements NetworkFault {
        public Latency {
            if (base.isNegative() || jitter.isNegative()) {
                throw new IllegalArgumentException("no packet comes before it was sent");
            }
        }

        /** How long the next burst takes; never less than nothing. */
        Duration next(SplittableRandom random) {
            long swing = jitter.toNanos();
            long nanos = base.toNanos() + (swing == 0 ? 0 : random.nextLong(-swing, swing + 1));
            return Duration.ofNanos(Math.max(0, nanos));
        }
    }

    /**
     * Connections are accepted and what is sent is swallowed. When it is over, those that lost bytes are reset, for
     * they could not go on.
     */
    record BlackHole() implements NetworkFault {}

    /** Nothing gets through in one direction; what was held back comes when it is over, as TCP sends it again. */
    record Partition(Direction blocked) implements NetworkFault {}

    /** A connection is reset when so many bytes have passed in that direction since the fault began. */
    record Reset(Direction counted, long afterBytes) implements NetworkFault {}

    /** Bytes come in slices of that length, each a packet of its own, with a pause between them. */
    record Slicer(int length, Duration pause) implements NetworkFault {
        public Slicer {
            if (length < 1) {
                throw new IllegalArgumentException("a slice has a byte at least");
            }
        }
    }

    /** No more than that passes, on each connection and in each direction. */
    record Bandwidth(int bytesPerSecond) implements NetworkFault {
        public Bandwidth {
            if (bytesPerSecond < 1) {
                throw new IllegalArgumentException("use a partition to let nothing through");
            }
        }
    }
}
