package io.minimalcluster.worker.executor.protocol;

import java.util.stream.IntStream;

/** Consecutive positions of a batch, {@code end} exclusive. */
public record PositionRange(int start, int end) {
    public int length() {
        return end - start;
    }

    public boolean contains(long position) {
        return position >= start && position < end;
    }

    IntStream positions() {
        return IntStream.range(start, end);
    }
}
