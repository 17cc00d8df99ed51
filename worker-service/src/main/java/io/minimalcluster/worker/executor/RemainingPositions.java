package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.PositionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The positions of a batch that have no outcome yet. */
final class RemainingPositions {
    /** Sorted and non-empty ranges; guarded by this object's lock. */
    private List<PositionRange> spans;

    RemainingPositions(int count) {
        spans = List.of(new PositionRange(0, count));
    }

    synchronized boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The first consecutive range. */
    synchronized Optional<PositionRange> first() {
        return spans.stream().findFirst();
    }

    synchronized boolean contains(long position) {
        return spans.stream().anyMatch(span -> span.contains(position));
    }

    /** The first remaining position at or after a position. */
    synchronized OptionalInt firstFrom(int position) {
        return spans.stream()
                .filter(span -> span.end() > position)
                .mapToInt(span -> Math.max(span.start(), position))
                .findFirst();
    }

    /** Removes and returns all positions. */
    synchronized List<PositionRange> takeAll() {
        List<PositionRange> all = spans;
        spans = List.of();
        return all;
    }

    /** Removes a range and returns the part of it that remained. That part must be consecutive. */
    synchronized Optional<PositionRange> take(PositionRange taken) {
        Optional<PositionRange> found = spans.stream()
                .filter(span -> span.start() < taken.end() && taken.start() < span.end())
                .map(span ->
                        new PositionRange(Math.max(span.start(), taken.start()), Math.min(span.end(), taken.end())))
                .findFirst();
        spans = spans.stream().flatMap(span -> without(span, taken)).toList();
        return found;
    }

    /** Removes the positions from an end on. */
    synchronized void shrink(int end) {
        List<PositionRange> left = new ArrayList<>();
        for (PositionRange span : spans) {
            if (span.start() < end) {
                left.add(new PositionRange(span.start(), Math.min(span.end(), end)));
            }
        }
        spans = List.copyOf(left);
    }

    private static Stream<PositionRange> without(PositionRange span, PositionRange taken) {
        PositionRange before = new PositionRange(span.start(), Math.min(span.end(), taken.start()));
        PositionRange behind = new PositionRange(Math.max(span.start(), taken.end()), span.end());
        return Stream.of(before, behind).filter(rest -> rest.length() > 0);
    }
}
