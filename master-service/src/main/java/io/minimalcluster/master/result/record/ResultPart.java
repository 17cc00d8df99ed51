package io.minimalcluster.master.result.record;

import io.minimalcluster.master.scheduling.IndexRange;
import io.minimalcluster.master.segment.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of the results of a batch.
 *
 * @param values from the first index on; null where there is no task in it
 * @param errors by index
 * @param micros the time that each task took; one element for all of them together; or empty
 * @param done whether nothing follows
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

    /** How long it took altogether, in nanoseconds; {@link Long#MAX_VALUE} where that is beyond belief. */
    long nanos() {
        double sum = 0;
        for (long time : micros) {
            sum += time;
        }
        return (long) (sum * NANOS_PER_MICRO);
    }

    /** Its errors within a range, each on the given attempt. */
    List<IndexedError> errorsWithin(IndexRange range, int attempt) {
        return errors.subMap(range.first(), range.last()).values().stream()
                .map(error -> error.onAttempt(attempt))
                .toList();
    }

    List<IndexedOutput> outputWithin(IndexRange range) {
        return output.stream()
                .filter(text -> text.index() >= range.first() && text.index() < range.last())
                .toList();
    }

    /** Its times within a range; one figure for all of them says nothing of a few. */
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
