package io.minimalcluster.master.result;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.master.segment.SegmentBuilder;
import io.minimalcluster.model.job.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Parts of results as workers post them. */
final class TestParts {
    private TestParts() {}

    /** Every task has the same value, but those that failed. */
    static PostedPart of(long first, long last, String value, Map<Long, ErrorKind> failed, boolean done) {
        SegmentBuilder values = new SegmentBuilder(first);
        NavigableMap<Long, PostedError> errors = new TreeMap<>();
        for (long index = first; index < last; index++) {
            ErrorKind kind = failed.get(index);
            byte[] bytes = (kind == null ? value : "null").getBytes(StandardCharsets.UTF_8);
            values.add(bytes, 0, bytes.length);
            if (kind != null) {
                errors.put(index, new PostedError(index, kind, "Boom", value, List.of(), 1));
            }
        }
        Segment segment = first == last ? null : values.build();
        return new PostedPart(segment, errors, new long[0], List.of(), done);
    }

    /** One task, whose function threw. */
    static PostedPart threw(long index, String type) {
        SegmentBuilder values = new SegmentBuilder(index);
        byte[] none = "null".getBytes(StandardCharsets.UTF_8);
        values.add(none, 0, none.length);
        PostedError error = new PostedError(index, ErrorKind.EXCEPTION, type, "=1+1, \"no\"", List.of(), 1);
        return new PostedPart(values.build(), new TreeMap<>(Map.of(index, error)), new long[0], List.of(), true);
    }

    /** All succeeded, each in so many milliseconds. */
    static PostedPart took(long first, long last, long millis) {
        Segment values =
                Objects.requireNonNull(of(first, last, "1", Map.of(), false).values());
        long[] micros = new long[Math.toIntExact(last - first)];
        Arrays.fill(micros, millis * 1_000);
        return new PostedPart(values, new TreeMap<>(), micros, List.of(), false);
    }

    static PostedPart nothingMore() {
        return of(0, 0, "", Map.of(), true);
    }
}
