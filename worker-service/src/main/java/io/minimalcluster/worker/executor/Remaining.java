package io.minimalcluster.worker.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The positions of a batch that have no outcome yet. */
final class Remaining {
    /** In order, none empty; guarded by this object's lock. */
    private List<Span> spans;

    Remaining(int count) {
        spans = List.of(new Span(0, count));
    }

    synchronized boolean isEmpty() {
        return spans.isEmpty();
    }

    /** The first ones, as far as they are consecutive. */
    synchronized Optional<Span> first() {
        return spans.stream().findFirst();
    }

    synchronized boolean contains(long position) {
        return spans.stream().anyMatch(span -> span.contains(position));
    }

    /** The first position from there on. */
    synchronized OptionalInt firstFrom(int position) {
        return spans.stream()
                .filter(span -> span.end() > position)
                .mapToInt(span -> Math.max(span.start(), position))
                .findFirst();
    }

    /** All of them, once; none remain. */
    synchronized List<Span> takeAll() {
        List<Span> all = spans;
        spans = List.of();
        return all;
    }

    /** Takes those of some positions that remain; they are consecutive, and first of the given ones. */
    synchronized Optional<Span> take(Span taken) {
        Optional<Span> hit = spans.stream()
                .filter(span -> span.start() < taken.end() && taken.start() < span.end())
                .map(span -> new Span(Math.max(span.start(), taken.start()), Math.min(span.end(), taken.end())))
                .findFirst();
        spans = spans.stream().flatMap(span -> without(span, taken)).toList();
        return hit;
    }

    /** Gives up those from there on. */
    synchronized void shrink(int end) {
        List<Span> left = new ArrayList<>();
        for (Span span : spans) {
            if (span.start() < end) {
                left.add(new Span(span.start(), Math.min(span.end(), end)));
            }
        }
        spans = List.copyOf(left);
    }

    private static Stream<Span> without(Span span, Span taken) {
        Span before = new Span(span.start(), Math.min(span.end(), taken.start()));
        Span behind = new Span(Math.max(span.start(), taken.end()), span.end());
        return Stream.of(before, behind).filter(rest -> rest.length() > 0);
    }
}
