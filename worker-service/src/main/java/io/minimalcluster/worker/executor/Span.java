package io.minimalcluster.worker.executor;

import java.util.stream.IntStream;

/** Consecutive positions of a batch, {@code end} exclusive. */
record Span(int start, int end) {
    int length() {
        return end - start;
    }

    boolean contains(long position) {
        return position >= start && position < end;
    }

    IntStream positions() {
        return IntStream.range(start, end);
    }
}
