package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import io.minimalcluster.task.json.JsonSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;

/** A JSON array as text, with the bounds of its elements. */
public final class JsonArray {
    private static final int INITIAL_CAPACITY = 16;

    /** The number of short elements that are read at once. */
    private static final int BLOCK = 256;

    private final byte[] text;
    private final BitSet nulls = new BitSet();
    private int[] bounds = new int[2 * INITIAL_CAPACITY];
    private int size;
    private int longest;

    private JsonArray(byte[] text) {
        this.text = text;
    }

    /**
     * Scans the text of a JSON array.
     *
     * @throws JsonSyntaxException if the text is not a JSON array
     */
    public static JsonArray of(byte[] text) {
        JsonArray array = new JsonArray(text);
        try {
            array.scan();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return array;
    }

    /**
     * Counts the elements of a JSON array.
     *
     * @throws JsonSyntaxException if the text is not a JSON array
     */
    static int count(byte[] text) {
        try {
            JsonScanner scanner = JsonScanner.of(text);
            scanner.enterArray();
            int count = scanner.countElements();
            scanner.finish();
            return count;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void scan() throws IOException {
        JsonScanner scanner = JsonScanner.of(text);
        scanner.enterArray();
        byte[] lengths = new byte[BLOCK];
        addBlock(lengths, scanner.nextScalars(lengths), scanner);
        while (scanner.nextElement()) {
            if (scanner.value() == JsonKind.NULL) {
                nulls.set(size);
            }
            add(scanner.start(), scanner.end());
            addBlock(lengths, scanner.nextScalars(lengths), scanner);
        }
        scanner.finish();
    }

    private void addBlock(byte[] lengths, int count, JsonScanner scanner) {
        int start = scanner.start();
        for (int i = 0; i < count; i++) {
            if (text[start] == 'n') {
                nulls.set(size);
            }
            int end = start + lengths[i];
            add(start, end);
            start = end + 1;
        }
    }

    private void add(int start, int end) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * size] = start;
        bounds[2 * size + 1] = end;
        longest = Math.max(longest, end - start);
        size++;
    }

    public int size() {
        return size;
    }

    boolean isNull(int element) {
        return nulls.get(element);
    }

    /** The length of the longest element. */
    int longest() {
        return longest;
    }

    /** Returns an array of the elements from {@code from} to {@code to}, exclusive, at least one. */
    public byte[] slice(int from, int to) {
        int start = bounds[2 * from];
        int length = bounds[2 * to - 1] - start;
        byte[] slice = new byte[length + 2];
        slice[0] = '[';
        System.arraycopy(text, start, slice, 1, length);
        slice[length + 1] = ']';
        return slice;
    }
}
