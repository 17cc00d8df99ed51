package io.minimalcluster.task.bind;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import org.jspecify.annotations.Nullable;

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

    public boolean isNull() {
        return first() == 'n';
    }

    /** Whether this is the literal {@code true}. */
    public boolean isTrue() {
        return first() == 't';
    }

    /** The text of a string; null for the literal {@code null}. */
    public @Nullable String text() {
        return JsonStringReader.toText(this);
    }

    /** The value of an integer. */
    public long integer() {
        return Long.parseLong(ascii());
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
