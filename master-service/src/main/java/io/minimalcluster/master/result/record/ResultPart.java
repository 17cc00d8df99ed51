package io.minimalcluster.master.result.record;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minimalcluster.master.segment.IndexRange;
import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.model.job.ErrorKind;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Part of the results of a batch.
 *
 * @param values values from the first index on; null for a part without tasks
 * @param errors errors by index
 * @param micros the time of each task, one total time, or empty
 * @param done whether no part follows
 * @param refused why the worker cannot read or run the batch; null if it can
 */
public record ResultPart(
        @Nullable Segment values,
        NavigableMap<Long, IndexedError> errors,
        long[] micros,
        List<IndexedOutput> output,
        boolean done,
        @Nullable String refused) {
    private static final double NANOS_PER_MICRO = 1_000;
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    /** A part of a batch that its worker can run. */
    public ResultPart(
            @Nullable Segment values,
            NavigableMap<Long, IndexedError> errors,
            long[] micros,
            List<IndexedOutput> output,
            boolean done) {
        this(values, errors, micros, output, done, null);
    }

    /** A part in which all tasks of a range fail for the same reason. */
    static ResultPart failed(IndexRange range, ErrorKind kind, String message, @Nullable String refused) {
        SegmentBuilder values = new SegmentBuilder(range.first());
        NavigableMap<Long, IndexedError> errors = new TreeMap<>();
        for (long index = range.first(); index < range.last(); index++) {
            values.add(NULL, 0, NULL.length);
            errors.put(index, new IndexedError(index, kind, null, message, List.of(), 1));
        }
        return new ResultPart(values.build(), errors, new long[0], List.of(), refused != null, refused);
    }

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
