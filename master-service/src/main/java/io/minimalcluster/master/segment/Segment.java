package io.minimalcluster.master.segment;

import java.util.Arrays;

/**
 * JSON values of consecutive indexes, as they were written.
 *
 * @param first the index of the first value
 * @param count how many there are, at least one
 * @param data the values, joined by commas
 * @param lengths how many bytes each takes, see {@link VarintLengths}
 */
public record Segment(long first, int count, byte[] data, byte[] lengths) {
    /** The index after the last value's. */
    public long end() {
        return first + count;
    }

    /** Walks over the values, from the first. */
    public Values values() {
        return new Values(this);
    }

    /** Where in the data the value of an index begins. */
    private int offsetOf(long index) {
        Values values = values();
        while (first + values.passed() < index) {
            values.next();
        }
        return values.nextStart();
    }

    /** The value of one index, which is in here. */
    public byte[] value(long index) {
        Values values = values();
        do {
            values.next();
        } while (first + values.passed() <= index);
        return Arrays.copyOfRange(data, values.start(), values.end());
    }

    /** The bytes of the values from an index to another, exclusive; both are in here. */
    public Slice slice(long from, long to) {
        if (from == first && to == end()) {
            return new Slice(data, 0, data.length);
        }
        int start = offsetOf(from);
        int end = to == end() ? data.length : offsetOf(to) - 1;
        return new Slice(data, start, end - start);
    }

    /** Some values of an array, joined by commas. */
    public record Slice(byte[] bytes, int offset, int length) {}

    /** A walk over the values of a segment. */
    public static final class Values {
        private final Segment segment;
        private final VarintLengths.Reader lengths;
        private int passed;
        private int start;
        private int end = -1;

        private Values(Segment segment) {
            this.segment = segment;
            this.lengths = new VarintLengths.Reader(segment.lengths());
        }

        /** Goes to the next value; false after the last. */
        public boolean next() {
            if (passed == segment.count()) {
                return false;
            }
            start = nextStart();
            end = start + lengths.next();
            passed++;
            return true;
        }

        /** How many values were gone to. */
        public int passed() {
            return passed;
        }

        /** The index of the value that it stands at. */
        public long index() {
            return segment.first() + passed - 1;
        }

        /** Where in the data the value begins. */
        public int start() {
            return start;
        }

        /** Where in the data the value ends, exclusive. */
        public int end() {
            return end;
        }

        private int nextStart() {
            return end + 1;
        }
    }
}
