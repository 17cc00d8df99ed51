package io.minimalcluster.task.bind;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.bind.error.ArgumentMismatch;

/** One JSON value within a buffer, without white space around it. Used again for each task of a batch. */
public final class JsonElement {
    private static final int SHOWN = 60;

    byte[] bytes = {};
    int from;
    int to;

    /** Makes it the value that these bytes are. */
    JsonElement set(byte[] buffer, int start, int end) {
        bytes = buffer;
        from = start;
        to = end;
        return this;
    }

    /** A value of its own, to be read as if it had come from outside. */
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

    /** What it is, number, string or anything, as it was written. */
    String raw() {
        return new String(bytes, from, to - from, UTF_8);
    }

    /** What it is, all of it known to be ASCII. */
    String ascii() {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    /** What it is, short enough for a message. */
    String shown() {
        return switch (first()) {
            case '[' -> "an array";
            case '{' -> "an object";
            default -> ArgumentMismatch.shorten(raw(), SHOWN);
        };
    }
}
