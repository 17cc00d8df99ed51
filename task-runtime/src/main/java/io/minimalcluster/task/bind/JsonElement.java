package io.minimalcluster.task.bind;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.bind.error.ArgumentMismatch;

/**
 * A slice of a buffer with one JSON value, without surrounding white space. A batch reuses one instance for all tasks.
 */
public final class JsonElement {
    private static final int EXCERPT_LENGTH = 60;

    byte[] bytes = {};
    int from;
    int to;

    /** Points this element at a slice. */
    JsonElement set(byte[] buffer, int start, int end) {
        bytes = buffer;
        from = start;
        to = end;
        return this;
    }

    /** Makes an element with a buffer of its own. */
    static JsonElement of(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return new JsonElement().set(bytes, 0, bytes.length);
    }

    boolean isNull() {
        return first() == 'n';
    }

    byte first() {
        return bytes[from];
    }

    /** The JSON text. */
    String raw() {
        return new String(bytes, from, to - from, UTF_8);
    }

    /** The JSON text of an ASCII value. */
    String ascii() {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    /** The JSON text shortened for an error message. */
    String excerpt() {
        return switch (first()) {
            case '[' -> "an array";
            case '{' -> "an object";
            default -> ArgumentMismatch.shorten(raw(), EXCERPT_LENGTH);
        };
    }
}
