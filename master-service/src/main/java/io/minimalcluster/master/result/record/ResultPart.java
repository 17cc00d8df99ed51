package io.minimalcluster.master.result.record;

import io.minimalcluster.master.scheduling.IndexRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Part of the results of a batch.
 *
 * @param values values from the first index on; null for a part without tasks
 * @param errors errors by index
 * @param micros the time of each task, one total time, or empty
 * @param done whether no part follows
 */
public record ResultPart(
        @Nullable Segment values,
        NavigableMap<Long, IndexedError> errors,
        long[] micros,
        List<IndexedOutput> output,
        boolean done) {
    private static final double NANOS_PER_MICRO = 1_000;

    public IndexRange range() {
        return values == null ? new IndexRange(0, 0) : new IndexRange(values.first(), values.end());
    }

    /** Total time in nanoseconds; {@link Long#MAX_VALUE} on overflow. */
    long nanos() {
        double sum = 0;
        for (long time : micros) {
            sum += time;
        }
        return (long) (sum * NANOS_PER_MICRO);
    }

    /** The errors within a range, with the given attempt. */
    List<IndexedError> errorsWithin(IndexRange range, int attempt) {
        return errors.subMap(range.first(), range.last()).values().stream()
                .map(error -> error.onAttempt(attempt))
                .toList();
    }

    /** The values within a range that has a task. */
    Segment valuesWithin(IndexRange range) {
        Segment all = Objects.requireNonNull(values);
        if (range.equals(range())) {
            return all;
        }
        SegmentBuilder some = new SegmentBuilder(range.first());
        Segment.Values at = all.values();
        while (at.next() && at.index() < range.last()) {
            if (at.index() >= range.first()) {
                some.add(all.data(), at.start(), at.end());
            }
        }
        return some.build();
    }

    List<IndexedOutput> outputWithin(IndexRange range) {
        return output.stream()
                .filter(text -> text.index() >= range.first() && text.index() < range.last())
                .toList();
    }

    /** The times within a range; empty for a part of a total time. */
    long[] microsWithin(IndexRange range) {
        if (range.equals(range())) {
            return micros;
        }
        if (micros.length <= 1) {
            return new long[0];
        }
        int from = Math.toIntExact(range.first() - range().first());
        return Arrays.copyOfRange(micros, from, Math.toIntExact(from + range.count()));
    }
}
