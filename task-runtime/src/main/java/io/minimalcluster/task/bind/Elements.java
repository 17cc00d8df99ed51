package io.minimalcluster.task.bind;

/**
 * Walks over the elements of a JSON array, or the members of an object, that is known to be well-formed, without
 * building any value.
 */
public final class Elements {
    private final byte[] bytes;
    private final int limit;
    private final char close;
    private int at;

    /** Over the whole of a buffer that holds one array. */
    public Elements(byte[] array) {
        this(new Element().set(array, 0, array.length), '[', ']');
    }

    private Elements(Element nested, char open, char close) {
        bytes = nested.bytes;
        limit = nested.to;
        this.close = close;
        at = nested.from;
        skipSpace();
        expect(open);
        skipSpace();
    }

    static Elements ofArray(Element array) {
        return new Elements(array, '[', ']');
    }

    static Elements ofObject(Element object) {
        return new Elements(object, '{', '}');
    }

    /**
     * Moves on.
     *
     * @return false at the end of the array
     * @throws IllegalArgumentException if this is no array after all
     */
    public boolean next(Element element) {
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

    /** Moves on in an object. */
    boolean next(Element name, Element value) {
        if (peek() == close) {
            return false;
        }
        value(name);
        expect(':');
        skipSpace();
        return next(value);
    }

    private void value(Element element) {
        int start = at;
        skipValue();
        element.set(bytes, start, at);
        skipSpace();
    }

    /** How many elements there are from here on; moves to the end. */
    int count() {
        int count = 0;
        Element element = new Element();
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

    private void expect(char what) {
        if (peek() != what) {
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
        return new IllegalArgumentException("no JSON array: misread at byte " + at);
    }
}
