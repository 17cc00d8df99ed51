package io.minimalcluster.master.result.record;

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

/** Result parts as workers post them. */
public final class TestParts {
    private TestParts() {}

    /** A part in which tasks of {@code failed} have an error and all other tasks the same value. */
    public static ResultPart of(long first, long last, String value, Map<Long, ErrorKind> failed, boolean done) {
        SegmentBuilder values = new SegmentBuilder(first);
        NavigableMap<Long, IndexedError> errors = new TreeMap<>();
        for (long index = first; index < last; index++) {
            ErrorKind kind = failed.get(index);
            byte[] bytes = (kind == null ? value : "null").getBytes(StandardCharsets.UTF_8);
            values.add(bytes, 0, bytes.length);
            if (kind != null) {
                errors.put(index, new IndexedError(index, kind, "Boom", value, List.of(), 1));
            }
        }
        Segment segment = first == last ? null : values.build();
        return new ResultPart(segment, errors, new long[0], List.of(), done);
    }

    /** A part with one task, whose function threw an exception of {@code type}. */
    public static ResultPart exception(long index, String type) {
        SegmentBuilder values = new SegmentBuilder(index);
        byte[] none = "null".getBytes(StandardCharsets.UTF_8);
        values.add(none, 0, none.length);
        IndexedError error = new IndexedError(index, ErrorKind.EXCEPTION, type, "=1+1, \"no\"", List.of(), 1);
        return new ResultPart(values.build(), new TreeMap<>(Map.of(index, error)), new long[0], List.of(), true);
    }

    /** A part in which every task succeeded after {@code millis} milliseconds. */
    public static ResultPart timed(long first, long last, long millis) {
        Segment values =
                Objects.requireNonNull(of(first, last, "1", Map.of(), false).values());
        long[] micros = new long[Math.toIntExact(last - first)];
        Arrays.fill(micros, millis * 1_000);
        return new ResultPart(values, new TreeMap<>(), micros, List.of(), false);
    }

    /** An empty part that ends its lease. */
    public static ResultPart done() {
        return of(0, 0, "", Map.of(), true);
    }
}
