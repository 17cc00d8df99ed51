package io.minimalcluster.worker.master;

import io.minimalcluster.task.json.PlainBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a JSON array or object into its elements or members without validating them. An invalid or deeply nested value
 * does not affect the others.
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
     */
    record Slice(String name, int from, int to) {}

    /** Splits the array between two indexes. */
    static List<Slice> elements(byte[] json, int from, int to) throws IOException {
        return new JsonSlices(json, from, to).split('[', ']');
    }

    /** Splits the object between two indexes. */
    static List<Slice> members(byte[] json, int from, int to) throws IOException {
        return new JsonSlices(json, from, to).split('{', '}');
    }

    private List<Slice> split(char open, char close) throws IOException {
        List<Slice> slices = new ArrayList<>();
        expect(open);
        if (peek() == close) {
            position++;
        } else {
            slices.add(slice(open == '{'));
            while (peek() == ',') {
                position++;
                slices.add(slice(open == '{'));
            }
            expect(close);
        }
        skipWhiteSpace();
        if (position < end) {
            throw unexpected();
        }
        return slices;
    }

    private Slice slice(boolean member) throws IOException {
        String name = "";
        if (member) {
            peek();
            int start = position;
            skipString();
            name = new String(json, start + 1, position - start - 2, StandardCharsets.UTF_8);
            expect(':');
        }
        peek();
        int from = position;
        skipValue();
        return new Slice(name, from, position);
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
