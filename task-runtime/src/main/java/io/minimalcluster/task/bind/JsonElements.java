package io.minimalcluster.task.bind;

/**
 * An iterator over the elements of a JSON array or the members of an object. The JSON must be well-formed; no values
 * are built.
 */
public final class JsonElements {
    private final byte[] bytes;
    private final int limit;
    private final char close;
    private int at;

    /** Iterates over a buffer that holds one array. */
    public JsonElements(byte[] array) {
        this(new JsonElement().set(array, 0, array.length), '[', ']');
    }

    private JsonElements(JsonElement nested, char open, char close) {
        bytes = nested.bytes;
        limit = nested.to;
        this.close = close;
        at = nested.from;
        skipSpace();
        expect(open);
        skipSpace();
    }

    /** Iterates over the elements of an array. */
    public static JsonElements ofArray(JsonElement array) {
        return new JsonElements(array, '[', ']');
    }

    /** Iterates over the members of a buffer that holds one object. */
    public static JsonElements ofObject(byte[] object) {
        return ofObject(new JsonElement().set(object, 0, object.length));
    }

    /** Iterates over the members of an object. */
    public static JsonElements ofObject(JsonElement object) {
        return new JsonElements(object, '{', '}');
    }

    /**
     * Moves to the next element.
     *
     * @return false at the end of the array
     * @throws IllegalArgumentException if the JSON is found to be malformed
     */
    public boolean next(JsonElement element) {
        if (peek() == close) {
            return false;
        }
        value(element);
        if (peek() != close) {
            expect(',');
            skipSpace();
        }
        return true;
    }

    /** Moves to the next member of an object; returns false at its end. */
    public boolean next(JsonElement name, JsonElement value) {
        if (peek() == close) {
            return false;
        }
        value(name);
        expect(':');
        skipSpace();
        return next(value);
    }

    private void value(JsonElement element) {
        int start = at;
        skipValue();
        element.set(bytes, start, at);
        skipSpace();
    }

    /** Counts the remaining elements and moves to the end. */
    int count() {
        int count = 0;
        JsonElement element = new JsonElement();
        while (next(element)) {
            count++;
        }
        return count;
    }

    private void skipValue() {
        switch (peek()) {
            case '"' -> skipString();
            case '[', '{' -> skipNested();
            default -> skipScalar();
        }
    }

    private void skipScalar() {
        int start = at;
        while (at < limit && isScalar(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private static boolean isScalar(byte b) {
        return b > ' ' && b != ',' && b != ']' && b != '}';
    }

    private void skipString() {
        for (at++; peek() != '"'; at++) {
            if (bytes[at] == '\\') {
                at++;
            }
        }
        at++;
    }

    private void skipNested() {
        int depth = 0;
        do {
            switch (peek()) {
                case '"' -> skipString();
                case '[', '{' -> {
                    depth++;
                    at++;
                }
                case ']', '}' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    private void skipSpace() {
        while (at < limit && bytes[at] <= ' ' && bytes[at] >= 0) {
            at++;
        }
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw malformed();
        }
        at++;
    }

    private byte peek() {
        if (at >= limit) {
            throw malformed();
        }
        return bytes[at];
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("malformed JSON at byte " + at);
    }
}
