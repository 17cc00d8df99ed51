package io.minimalcluster.master.segment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * JSON values of consecutive indexes, stored as received.
 *
 * @param first the index of the first value
 * @param count number of values, at least one
 * @param data the values, joined by commas
 * @param lengths length of each value in bytes, see {@link VarintLengths}
 */
public record Segment(long first, int count, byte[] data, byte[] lengths) {
    static Segment of(ResultSet row, int number) throws SQLException {
        return new Segment(row.getLong("first"), row.getInt("count"), row.getBytes("data"), row.getBytes("lengths"));
    }

    /** The index after the last value's. */
    public long end() {
        return first + count;
    }

    /** Iterates over the values, from the first. */
    public Values values() {
        return new Values(this);
    }

    /** Offset of the value of an index. */
    private int offsetOf(long index) {
        Values values = values();
        while (first + values.visited() < index) {
            values.next();
        }
        return values.nextStart();
    }

    /** The value of an index, which must be in this segment. */
    public byte[] value(long index) {
        Values values = values();
        do {
            values.next();
        } while (first + values.visited() <= index);
        return Arrays.copyOfRange(data, values.start(), values.end());
    }

    /** The bytes of the values from an index to another, exclusive. Both must be in this segment. */
    public Slice slice(long from, long to) {
        if (from == first && to == end()) {
            return new Slice(data, 0, data.length);
        }
        int start = offsetOf(from);
        int end = to == end() ? data.length : offsetOf(to) - 1;
        return new Slice(data, start, end - start);
    }

    /** Values of an array, joined by commas. */
    public record Slice(byte[] bytes, int offset, int length) {}

    /** Iterator over the values of a segment. */
    public static final class Values {
        private final Segment segment;
        private final VarintLengths.Reader lengths;
        private int visited;
        private int start;
        private int end = -1;

        private Values(Segment segment) {
            this.segment = segment;
            this.lengths = new VarintLengths.Reader(segment.lengths());
        }

        /** Advances to the next value. Returns false after the last. */
        public boolean next() {
            if (visited == segment.count()) {
                return false;
            }
            start = nextStart();
            end = start + lengths.next();
            visited++;
            return true;
        }

        /** Number of values visited so far. */
        public int visited() {
            return visited;
        }

        /** Index of the current value. */
        public long index() {
            return segment.first() + visited - 1;
        }

        /** Offset of the current value. */
        public int start() {
            return start;
        }

        /** End offset of the current value, exclusive. */
        public int end() {
            return end;
        }

        private int nextStart() {
            return end + 1;
        }
    }
}
