package io.minimalcluster.worker.master;

import io.minimalcluster.task.json.PlainBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a JSON array or object into its elements or members without validating them. An invalid or deeply nested value
 * does not affect the others. Some levels of nested values are split in the same pass over the text.
 */
final class JsonSlices {
    private final byte[] json;
    private final int end;
    private int position;

    private JsonSlices(byte[] json, int from, int end) {
        this.json = json;
        this.position = from;
        this.end = end;
    }

    /**
     * A value between two indexes.
     *
     * @param name the name of a member as written; empty for an element of an array
     * @param parts the slices of a container that has been split; null for another value
     */
    record Slice(String name, int from, int to, @Nullable List<Slice> parts) {}

    /**
     * Splits an object.
     *
     * @param levels the number of further levels to split, where values are well-formed containers
     */
    static List<Slice> members(byte[] json, int levels) throws IOException {
        return new JsonSlices(json, 0, json.length).splitAll('{', levels);
    }

    /** Splits an array. */
    static List<Slice> elements(byte[] json, Slice array) throws IOException {
        return parts(json, array, '[');
    }

    /** Splits an object. */
    static List<Slice> members(byte[] json, Slice object) throws IOException {
        return parts(json, object, '{');
    }

    private static List<Slice> parts(byte[] json, Slice container, char open) throws IOException {
        return container.parts() != null && json[container.from()] == open
                ? container.parts()
                : new JsonSlices(json, container.from(), container.to()).splitAll(open, 0);
    }

    private List<Slice> splitAll(char open, int levels) throws IOException {
        List<Slice> slices = split(open, levels);
        skipWhiteSpace();
        if (position < end) {
            throw unexpected();
        }
        return slices;
    }

    private List<Slice> split(char open, int levels) throws IOException {
        char close = open == '[' ? ']' : '}';
        List<Slice> slices = new ArrayList<>();
        expect(open);
        if (peek() == close) {
            position++;
        } else {
            slices.add(slice(open == '{', levels));
            while (peek() == ',') {
                position++;
                slices.add(slice(open == '{', levels));
            }
            expect(close);
        }
        return slices;
    }

    private Slice slice(boolean member, int levels) throws IOException {
        String name = "";
        if (member) {
            peek();
            int start = position;
            skipString();
            name = new String(json, start + 1, position - start - 2, StandardCharsets.UTF_8);
            expect(':');
        }
        int first = peek();
        int from = position;
        List<Slice> parts = levels > 0 && (first == '[' || first == '{') ? trySplit((char) first, levels - 1) : null;
        if (parts == null) {
            skipValue();
        }
        return new Slice(name, from, position, parts);
    }

    /** Splits the container at the position; null, and the position is unchanged, if it is malformed. */
    private @Nullable List<Slice> trySplit(char open, int levels) {
        int from = position;
        try {
            return split(open, levels);
        } catch (IOException _) {
            position = from;
            return null;
        }
    }

    private void skipValue() throws IOException {
        byte first = json[position];
        if (first == '"') {
            skipString();
        } else if (first == '[' || first == '{') {
            skipContainer();
        } else {
            skipScalar();
        }
    }

    private void skipContainer() throws IOException {
        int depth = 0;
        do {
            if (position >= end) {
                throw new IOException("the text ends early");
            }
            position = PlainBytes.endOfNumbers(json, position, end);
            byte next = position < end ? json[position] : 0;
            if (next == '"') {
                skipString();
            } else {
                depth += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
                position++;
            }
        } while (depth > 0);
    }

    private void skipScalar() {
        while (position < end && json[position] != ',' && json[position] != ']' && json[position] != '}') {
            position++;
        }
    }

    private void skipString() throws IOException {
        int at = PlainBytes.end(json, position + 1, end);
        while (at < end && json[at] != '"') {
            at = PlainBytes.end(json, at + (json[at] == '\\' ? 2 : 1), end);
        }
        if (at >= end || json[position] != '"') {
            throw new IOException("a string is expected at byte " + position);
        }
        position = at + 1;
    }

    private void expect(char expected) throws IOException {
        if (peek() != expected) {
            throw unexpected();
        }
        position++;
    }

    private int peek() throws IOException {
        skipWhiteSpace();
        if (position >= end) {
            throw new IOException("the text ends early");
        }
        return json[position];
    }

    private void skipWhiteSpace() {
        while (position < end && isWhiteSpace(json[position])) {
            position++;
        }
    }

    private static boolean isWhiteSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    private IOException unexpected() {
        return new IOException("unexpected '" + (char) json[position] + "' at byte " + position);
    }
}
