package io.minimalcluster.task.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of plain bytes of JSON text, eight at a time. */
public final class PlainBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder())
            .withInvokeExactBehavior();

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    /** Set in letters, brackets and bytes above ASCII; not set in digits, signs, commas, quotes and white space. */
    private static final long LETTER_BITS = 0xc0c0c0c0c0c0c0c0L;

    private PlainBytes() {}

    /**
     * Finds the end of plain bytes of a string: ASCII without controls, quotes and backslashes.
     *
     * @return the index of a byte from which fewer than eight are plain: the first that is not, or one before it;
     *     {@code to} at most
     */
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES && isPlain((long) LONGS.get(bytes, at))) {
            at += Long.BYTES;
        }
        return at;
    }

    /** Finds the end of numbers and the text between them, likewise: bytes that are no letters, brackets or quotes. */
    public static int endOfNumbers(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= Long.BYTES && isNumeric((long) LONGS.get(bytes, at))) {
            at += Long.BYTES;
        }
        return at;
    }

    private static boolean isNumeric(long word) {
        long quote = (word ^ QUOTES) - ONES;
        return ((word & LETTER_BITS) | (quote & HIGH_BITS)) == 0;
    }

    /**
     * Whether no byte is special. A byte below {@code n} sets its high bit in {@code word - n}, and so may a plain byte
     * after a borrow. That only ends the fast path early.
     */
    private static boolean isPlain(long word) {
        long control = word - SPACES;
        long quote = (word ^ QUOTES) - ONES;
        long backslash = (word ^ BACKSLASHES) - ONES;
        return ((word | control | quote | backslash) & HIGH_BITS) == 0;
    }
}
