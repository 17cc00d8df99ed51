package io.minimalcluster.task.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one JSON text and yields its values as slices of their bytes. Strict (RFC 8259): UTF-8 that is well-formed
 * and without lone surrogates, no byte order mark, numbers of at most {@link #MAX_NUMBER_BYTES}, at most
 * {@link #MAX_DEPTH} levels. Holds one value at a time, however long the text.
 *
 * <p>Walk into an array with {@link #enterArray} and {@link #nextElement}, into an object with {@link #enterObject} and
 * {@link #nextField}; take what is there with {@link #value}; {@link #finish} says that nothing follows. Not for
 * several threads. Throws {@link JsonSyntaxException} where the text is wrong, {@link JsonTooLargeException} where a
 * value is too long to hold; of no use after either.
 */
public final class JsonScanner {
    /** How deep arrays and objects may lie in each other. */
    public static final int MAX_DEPTH = 500;

    /** How long the text of a number may be. */
    public static final int MAX_NUMBER_BYTES = 100_000;

    private static final int END = -1;

    private final ByteWindow window;
    private final JsonStrings strings;
    private final boolean[] isObject = new boolean[MAX_DEPTH + 1];
    private final boolean[] hasMembers = new boolean[MAX_DEPTH + 1];
    private int depth;
    private long line = 1;
    private long lineStart;
    private int valueEnd;
    private boolean withinLine;
    private JsonKind kind = JsonKind.NULL;

    private JsonScanner(ByteWindow window) {
        this.window = window;
        this.strings = new JsonStrings(window);
        this.lineStart = window.offset();
    }

    /**
     * A scanner of a stream.
     *
     * @param maxValueBytes how long a value taken by {@link #value} may be
     */
    public static JsonScanner of(InputStream in, int maxValueBytes) {
        return new JsonScanner(new ByteWindow(in, maxValueBytes));
    }

    /** A scanner of bytes that are all there; {@link #start} and {@link #end} are places in them. */
    public static JsonScanner of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** A scanner of some bytes of an array; {@link #start} and {@link #end} are places in the array. */
    public static JsonScanner of(byte[] bytes, int from, int to) {
        return new JsonScanner(new ByteWindow(bytes, from, to));
    }

    /** Goes into the array that comes next. */
    public void enterArray() throws IOException {
        window.unmark();
        expect('[', "an array");
        push(false);
    }

    /** Goes into the object that comes next. */
    public void enterObject() throws IOException {
        window.unmark();
        expect('{', "an object");
        push(true);
    }

    /** Goes to the next element of the array; false at its end, which it leaves. */
    public boolean nextElement() throws IOException {
        return nextMember(']');
    }

    /**
     * Goes to the next field of the object; null at its end, which it leaves.
     *
     * @return its name as it is written, escapes and all, without the quotes
     */
    public @Nullable String nextField() throws IOException {
        return nextMember('}') ? fieldName() : null;
    }

    /**
     * Goes to the next value of text that has a value a line; false at the end. Lines of white space alone are passed.
     * From here on a value ends where its line does.
     */
    public boolean nextLine() throws IOException {
        window.unmark();
        withinLine = true;
        skipWhiteSpace();
        if (hasMembers[0] && window.hasByte() && current() != '\n') {
            throw unexpected("the end of the line");
        }
        hasMembers[0] = true;
        withinLine = false;
        skipWhiteSpace();
        withinLine = true;
        return window.hasByte();
    }

    private boolean nextMember(char close) throws IOException {
        window.unmark();
        int next = peekByte();
        if (next == close) {
            window.position++;
            depth--;
            return false;
        }
        if (hasMembers[depth]) {
            if (next != ',') {
                throw unexpected("',' or '" + close + "'");
            }
            window.position++;
            peekByte();
        }
        hasMembers[depth] = true;
        return true;
    }

    private String fieldName() throws IOException {
        window.mark();
        if (peekByte() != '"') {
            throw unexpected("a field name");
        }
        scanString();
        int from = window.marked() + 1;
        String name = new String(window.bytes, from, window.position - 1 - from, StandardCharsets.UTF_8);
        window.unmark();
        expect(':', "':'");
        return name;
    }

    /** Whether the next value is an array; moves nothing but white space. */
    public boolean isAtArray() throws IOException {
        return peekByte() == '[';
    }

    /** Whether the next value is an object; moves nothing but white space. */
    public boolean isAtObject() throws IOException {
        return peekByte() == '{';
    }

    /**
     * Passes the next value and checks it; {@link #bytes} from {@link #start} to {@link #end} hold it until the next
     * call.
     */
    public JsonKind value() throws IOException {
        window.unmark();
        peekByte();
        window.mark();
        JsonKind outer = kindAhead();
        int floor = depth;
        do {
            scanToken();
            leaveEndedContainers(floor);
        } while (depth > floor);
        valueEnd = window.position;
        if (valueEnd - window.marked() > window.maxMarked) {
            throw new JsonTooLargeException(window.maxMarked);
        }
        kind = outer == JsonKind.INTEGER ? kind : outer;
        return kind;
    }

    /** The kind of the value taken last. */
    public JsonKind kind() {
        return kind;
    }

    /** Where the value taken last is held; valid until the next call, not to be changed. */
    public byte[] bytes() {
        return window.bytes;
    }

    /** Where in {@link #bytes} the value taken last begins. */
    public int start() {
        return window.marked();
    }

    /** Where in {@link #bytes} the value taken last ends, exclusive. */
    public int end() {
        return valueEnd;
    }

    /** Says that only white space may follow. */
    public void finish() throws IOException {
        window.unmark();
        skipWhiteSpace();
        if (window.hasByte()) {
            throw unexpected("the end");
        }
    }

    /** An error at the present place, for those who find one in what was scanned. */
    public JsonSyntaxException error(String message) {
        return new JsonSyntaxException(message, line, window.offset() - lineStart + 1);
    }

    /** The present line, from 1. */
    public long line() {
        return line;
    }

    private JsonKind kindAhead() throws IOException {
        return switch (peekByte()) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"' -> JsonKind.STRING;
            case 't', 'f' -> JsonKind.BOOLEAN;
            case 'n' -> JsonKind.NULL;
            default -> JsonKind.INTEGER;
        };
    }

    /** Passes a scalar, or the beginning of an array or object up to its first value. */
    private void scanToken() throws IOException {
        switch (peekByte()) {
            case '{' -> open('}', true);
            case '[' -> open(']', false);
            case '"' -> scanString();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> scanNumber();
        }
    }

    private void open(char close, boolean object) throws IOException {
        window.position++;
        push(object);
        if (peekByte() == close) {
            return;
        }
        if (object) {
            innerName();
        }
        scanToken();
    }

    /** After a value: leaves every array and object that ends here, and goes to the next value if one does not. */
    private void leaveEndedContainers(int floor) throws IOException {
        while (depth > floor) {
            boolean object = isObject[depth];
            int next = peekByte();
            if (next == (object ? '}' : ']')) {
                window.position++;
                depth--;
            } else if (next == ',') {
                window.position++;
                if (object) {
                    innerName();
                }
                return;
            } else {
                throw unexpected(object ? "',' or '}'" : "',' or ']'");
            }
        }
    }

    private void innerName() throws IOException {
        if (peekByte() != '"') {
            throw unexpected("a field name");
        }
        scanString();
        expect(':', "':'");
    }

    private void push(boolean object) {
        if (depth == MAX_DEPTH) {
            throw error("more than " + MAX_DEPTH + " levels");
        }
        depth++;
        isObject[depth] = object;
        hasMembers[depth] = false;
    }

    private void scanString() throws IOException {
        String problem = strings.pass();
        if (problem != null) {
            throw error(problem);
        }
    }

    private void literal(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            if (!window.hasByte() || window.bytes[window.position] != text.charAt(i)) {
                throw unexpected("'" + text + "'");
            }
            window.position++;
        }
        checkTokenEnds();
    }

    private void scanNumber() throws IOException {
        long from = window.offset();
        kind = JsonKind.INTEGER;
        if (current() == '-') {
            window.position++;
        }
        if (current() == '0') {
            window.position++;
        } else {
            digits();
        }
        if (current() == '.') {
            kind = JsonKind.DECIMAL;
            window.position++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            kind = JsonKind.DECIMAL;
            window.position++;
            if (current() == '+' || current() == '-') {
                window.position++;
            }
            digits();
        }
        if (window.offset() - from > MAX_NUMBER_BYTES) {
            throw error("a number of more than " + MAX_NUMBER_BYTES + " characters");
        }
        checkTokenEnds();
    }

    private void digits() throws IOException {
        int c = current();
        if (c < '0' || c > '9') {
            throw unexpected("a value");
        }
        do {
            window.position++;
            c = current();
        } while (c >= '0' && c <= '9');
    }

    private void checkTokenEnds() throws IOException {
        int c = current();
        boolean ends = c == END || c == ',' || c == ']' || c == '}' || isWhiteSpace(c);
        if (!ends) {
            throw unexpected("',' or an end");
        }
    }

    private int current() throws IOException {
        return window.hasByte() ? window.bytes[window.position] & 0xff : END;
    }

    /** The next byte that is no white space, which stays; there must be one. */
    private int peekByte() throws IOException {
        skipWhiteSpace();
        int c = current();
        if (c == END) {
            throw error("the text ends early");
        }
        return c;
    }

    private void skipWhiteSpace() throws IOException {
        while (window.hasByte()) {
            int c = window.bytes[window.position];
            if (c > ' ' || !isWhiteSpace(c) || (c == '\n' && withinLine)) {
                return;
            }
            window.position++;
            if (c == '\n') {
                line++;
                lineStart = window.offset();
            }
        }
    }

    private static boolean isWhiteSpace(int c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private void expect(char wanted, String what) throws IOException {
        if (peekByte() != wanted) {
            throw unexpected(what);
        }
        window.position++;
    }

    private JsonSyntaxException unexpected(String wanted) throws IOException {
        int c = current();
        if (c == END) {
            return error("the text ends early, expected " + wanted);
        }
        if (c == '\n' && withinLine) {
            return error("the line ends early, expected " + wanted);
        }
        String found = c > ' ' && c < 0x7f ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c);
        return error("unexpected " + found + ", expected " + wanted);
    }
}
