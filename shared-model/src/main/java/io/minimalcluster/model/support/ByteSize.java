package io.minimalcluster.model.support;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes in human-readable form: {@code 512m}, {@code 64k}, {@code 1g}, {@code 16MB}, {@code 4096}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** The bytes of a mebibyte. */
    public static final int MEBIBYTE = 1 << 20;

    /** An upper bound of settings: a pebibyte. */
    public static final ByteSize MAX = new ByteSize(1L << 50);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)i?b?");
    private static final String UNITS = "kmgt";
    private static final int SHIFT = 10;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size below zero");
        }
    }

    /** Parses a size. Spring uses this method to convert settings. */
    public static ByteSize valueOf(String text) {
        Matcher size = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size such as 512m, 64k or 1g");
        }
        int shift = size.group(2).isEmpty() ? 0 : SHIFT * (UNITS.indexOf(size.group(2)) + 1);
        return new ByteSize(Math.multiplyExact(Long.parseLong(size.group(1)), 1L << shift));
    }

    /** Creates a size in mebibytes. */
    public static ByteSize ofMebibytes(long count) {
        return new ByteSize(Math.multiplyExact(count, MEBIBYTE));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (int unit = UNITS.length(); unit > 0; unit--) {
            long size = 1L << (SHIFT * unit);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + UNITS.substring(unit - 1, unit);
            }
        }
        return Long.toString(bytes);
    }
}
