package io.minimalcluster.master.segment;

import java.util.Arrays;

/** Builds segments from values, one after the other, in one buffer. */
public final class SegmentBuilder {
    /** Size at which a segment is full, in bytes. The last value, or a block of short values, may exceed it. */
    public static final int FULL_BYTES = 256 * 1024;

    private static final int FIRST_BYTES = 1024;

    /** Capacity that is kept for the next segment; a long value needs more. */
    private static final int MAX_KEPT_BYTES = 2 * FULL_BYTES;

    private long first;
    private final VarintLengths.Writer lengths = new VarintLengths.Writer();
    private byte[] data = new byte[FIRST_BYTES];
    private int size;
    private int count;

    /** @param first the index of the first value */
    public SegmentBuilder(long first) {
        this.first = first;
    }

    /** Adds a value, which is a part of {@code bytes}. */
    public void add(byte[] bytes, int start, int end) {
        append(bytes, start, end);
        lengths.add(end - start);
        count++;
    }

    /**
     * Adds values that one byte separates from another.
     *
     * @param each the length of each, below 128
     * @param added the number of values
     */
    public void addAll(byte[] bytes, int start, int end, byte[] each, int added) {
        append(bytes, start, end);
        int at = size - (end - start);
        for (int i = 0; i < added - 1; i++) {
            at += each[i];
            data[at++] = ',';
        }
        lengths.addAll(each, added);
        count += added;
    }

    private void append(byte[] bytes, int start, int end) {
        int length = end - start;
        int needed = size + 1 + length;
        if (needed > data.length) {
            data = Arrays.copyOf(data, Math.max(needed, data.length * 2));
        }
        if (count > 0) {
            data[size++] = ',';
        }
        System.arraycopy(bytes, start, data, size, length);
        size += length;
    }

    /** Index of the next value. */
    public long end() {
        return first + count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public boolean isFull() {
        return size >= FULL_BYTES;
    }

    /** Builds the segment. The next value begins another one. */
    public Segment build() {
        Segment segment = new Segment(first, count, Arrays.copyOf(data, size), lengths.toBytes());
        first = end();
        lengths.clear();
        size = 0;
        count = 0;
        if (data.length > MAX_KEPT_BYTES) {
            data = new byte[FIRST_BYTES];
        }
        return segment;
    }
}
