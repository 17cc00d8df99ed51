package io.minimalcluster.task.bind;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.minimalcluster.task.bind.error.ResultTooLargeException;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growing buffer of JSON results, each after a comma. Written bytes do not move, so another thread may read up to a
 * published length.
 */
public final class ValueWriter extends OutputStream {
    private static final int SMALL = 64;
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private final int capacity;
    private final int limit;
    private byte[] bytes;
    private int length;
    private int start;

    /**
     * @param capacity the initial size of the buffer in bytes
     * @param limit the maximum length of one value in bytes
     */
    public ValueWriter(int capacity, int limit) {
        this.capacity = capacity;
        this.limit = limit;
        bytes = new byte[capacity];
    }

    /** Begins a value. */
    public void begin() {
        ensureCapacity(SMALL);
        bytes[length++] = ',';
        start = length;
    }

    /** Ends a value. */
    public void end() {
        if (length - start > limit) {
            throw new ResultTooLargeException(limit);
        }
    }

    /** Replaces the current value by null. */
    public void fail() {
        length = start;
        writeNull();
    }

    /** Removes all values. */
    public void clear() {
        length = 0;
        if (bytes.length > 4 * capacity) {
            bytes = new byte[capacity];
        }
    }

    public int length() {
        return length;
    }

    /** The values between two lengths as a JSON array; both lengths are earlier results of {@link #length}. */
    public byte[] array(int from, int to) {
        byte[] array = Arrays.copyOfRange(bytes, from, to + 1);
        array[0] = '[';
        array[to - from] = ']';
        return array;
    }

    void writeNull() {
        write(NULL, 0, NULL.length);
    }

    void writeBoolean(boolean value) {
        byte[] word = value ? TRUE : FALSE;
        write(word, 0, word.length);
    }

    void writeInt(int value) {
        writeLong(value);
    }

    void writeShort(short value) {
        writeLong(value);
    }

    void writeByte(byte value) {
        writeLong(value);
    }

    void writeLong(long value) {
        ensureCapacity(SMALL);
        if (value < 0) {
            bytes[length++] = '-';
        }
        int digits = digits(value);
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        length += digits;
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    void writeDouble(double value) {
        if (Double.isFinite(value)) {
            writeAscii(Double.toString(value));
        } else {
            writeText(Double.toString(value));
        }
    }

    void writeFloat(float value) {
        if (Float.isFinite(value)) {
            writeAscii(Float.toString(value));
        } else {
            writeText(Float.toString(value));
        }
    }

    void writeChar(char value) {
        writeText(String.valueOf(value));
    }

    @SuppressWarnings("IfChainToSwitch") // the JVM would generate a class before the first value
    void writeObject(@Nullable Object value) {
        if (value == null) {
            writeNull();
        } else if (value instanceof String text) {
            writeText(text);
        } else if (value instanceof Integer || value instanceof Long) {
            writeLong(((Number) value).longValue());
        } else if (value instanceof Double number) {
            writeDouble(number);
        } else if (value instanceof Boolean truth) {
            writeBoolean(truth);
        } else {
            JacksonWriter.write(value, this);
        }
    }

    /**
     * Checks that the current value is one JSON value within the limits. Numbers are written by their text, which user
     * code may choose.
     */
    void check() {
        try {
            JsonScanner scanner = JsonScanner.of(bytes, start, length);
            scanner.value();
            scanner.finish();
        } catch (JsonSyntaxException e) {
            rejectLoneSurrogates();
            throw JacksonWriter.cannotBeWritten(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the value is in memory
        }
    }

    /** Rejects escaped surrogates. Jackson writes surrogate pairs unescaped, so any escaped surrogate is a lone one. */
    private void rejectLoneSurrogates() {
        for (int at = start; at < length - 3; at++) {
            if (bytes[at] == '\\') {
                if (bytes[at + 1] == 'u' && (bytes[at + 2] | 0x20) == 'd' && bytes[at + 3] >= '8') {
                    String code = new String(bytes, at + 2, 4, ISO_8859_1);
                    throw JacksonWriter.loneSurrogate((char) Integer.parseInt(code, 16));
                }
                at++;
            }
        }
    }

    private void writeAscii(String text) {
        ensureCapacity(text.length());
        for (int at = 0; at < text.length(); at++) {
            bytes[length++] = (byte) text.charAt(at);
        }
    }

    private void writeText(String text) {
        ensureCapacity(text.length() + 2);
        bytes[length++] = '"';
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            ensureCapacity(SMALL);
            if (c < 0x80) {
                writePlain(c);
            } else if (Character.isHighSurrogate(c) && at + 1 < text.length()) {
                writePair(c, text.charAt(++at));
            } else {
                writeWide(c);
            }
        }
        ensureCapacity(1);
        bytes[length++] = '"';
    }

    private void writePlain(char c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            bytes[length++] = (byte) c;
            return;
        }
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void writeWide(char c) {
        if (Character.isSurrogate(c)) {
            throw JacksonWriter.loneSurrogate(c);
        }
        if (c >= 0x800) {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        } else {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
        }
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void writePair(char high, char low) {
        if (!Character.isLowSurrogate(low)) {
            throw JacksonWriter.loneSurrogate(high);
        }
        int c = Character.toCodePoint(high, low);
        bytes[length++] = (byte) (0xf0 | (c >> 18));
        bytes[length++] = (byte) (0x80 | ((c >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    @Override
    public void write(int b) {
        ensureCapacity(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        ensureCapacity(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void ensureCapacity(int more) {
        if (more > bytes.length - length) {
            grow(more);
        }
    }

    /** Grows the buffer. The limit is checked here, because only growth can use more memory. */
    private void grow(int more) {
        if (length - start > limit) {
            throw new ResultTooLargeException(limit);
        }
        long newLength = Math.max(2L * bytes.length, (long) length + more);
        byte[] larger = Arrays.copyOf(bytes, (int) Math.min(newLength, Integer.MAX_VALUE - 8));
        VarHandle.storeStoreFence(); // either array contains the bytes that were published before
        bytes = larger;
    }
}
