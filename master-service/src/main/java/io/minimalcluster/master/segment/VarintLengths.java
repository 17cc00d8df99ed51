package io.minimalcluster.master.segment;

import java.util.Arrays;

/** Encodes lengths as unsigned varints (LEB128): seven bits per byte, lowest bits first. Most lengths take one byte. */
final class VarintLengths {
    private static final int CONTINUES = 0x80;
    private static final int BITS = 7;

    private VarintLengths() {}

    /** Encoder. */
    static final class Writer {
        private byte[] bytes = new byte[1024];
        private int size;

        void add(int length) {
            if (bytes.length - size < 5) {
                bytes = Arrays.copyOf(bytes, bytes.length * 2);
            }
            int rest = length;
            while (rest >= CONTINUES) {
                bytes[size++] = (byte) (rest | CONTINUES);
                rest >>>= BITS;
            }
            bytes[size++] = (byte) rest;
        }

        /** Adds lengths below 128, which take one byte each. */
        void addAll(byte[] lengths, int count) {
            if (bytes.length - size < count) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
            }
            System.arraycopy(lengths, 0, bytes, size, count);
            size += count;
        }

        void clear() {
            size = 0;
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, size);
        }
    }

    /** Decoder, which returns the lengths in order. */
    static final class Reader {
        private final byte[] bytes;
        private int position;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int next() {
            int value = 0;
            int shift = 0;
            int b;
            do {
                b = bytes[position++];
                value |= (b & (CONTINUES - 1)) << shift;
                shift += BITS;
            } while (b < 0);
            return value;
        }
    }
}
