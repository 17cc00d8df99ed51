package io.minimalcluster.task.json;

import io.minimalcluster.model.support.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pull scanner for one JSON text, which yields values as slices of bytes. Strict (RFC 8259): well-formed UTF-8
 * without lone surrogates, no byte order mark, numbers and levels within {@link JsonLimits}. Levels count from the
 * value that {@link #value} reads, so the text around a value does not count. Memory use is bounded by one value.
 *
 * <p>Enter an array with {@link #enterArray} and {@link #nextElement}, an object with {@link #enterObject} and
 * {@link #nextField}. Read a value with {@link #value}, or many short ones with {@link #nextScalars}. {@link #finish}
 * checks the end of the text. Not thread-safe.
 *
 * <p>Throws {@link JsonSyntaxException} for invalid text and {@link JsonTooLargeException} for a value above the limit.
 * The scanner cannot be used after an exception.
 */
public final class JsonScanner {
    /** The maximum number of levels that callers enter around a value. */
    private static final int ENVELOPE_DEPTH = 16;

    private static final int CAPACITY = JsonLimits.MAX_DEPTH + ENVELOPE_DEPTH;
    private static final int END = -1;
    private static final int ALL_SCALARS = -1;
    private static final int COUNTED_AT_ONCE = 256;
    /** The longest element that {@link #nextScalars} reads. */
    public static final int MAX_SCALAR_BYTES = PlainScalar.MAX_BYTES;

    private final ByteWindow window;
    private final JsonStrings strings;
    private final boolean[] isObject = new boolean[CAPACITY + 1];
    private final boolean[] hasMembers = new boolean[CAPACITY + 1];
    private int depth;
    private int deepest;
    private long line = 1;
    private long lineStart;
    private int valueEnd;
    private boolean withinLine;
    private JsonKind numberKind = JsonKind.INTEGER;

    private JsonScanner(ByteWindow window) {
        this.window = window;
        this.strings = new JsonStrings(window);
        this.lineStart = window.offset();
    }

    /**
     * A scanner of a stream.
     *
     * @param maxValueBytes the maximum length of a value read by {@link #value}
     */
    public static JsonScanner of(InputStream in, int maxValueBytes) {
        return new JsonScanner(new ByteWindow(in, maxValueBytes));
    }

    /** A scanner of a whole array; {@link #start} and {@link #end} are indexes of the array. */
    public static JsonScanner of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /** A scanner of a part of an array; {@link #start} and {@link #end} are indexes of the array. */
    public static JsonScanner of(byte[] bytes, int from, int to) {
        return new JsonScanner(new ByteWindow(bytes, from, to));
    }

    /** Enters the next value, which must be an array. */
    public void enterArray() throws IOException {
        window.unmark();
        deepest = CAPACITY;
        expect('[', "an array");
        push(false);
    }

    /** Enters the next value, which must be an object. */
    public void enterObject() throws IOException {
        window.unmark();
        deepest = CAPACITY;
        expect('{', "an object");
        push(true);
    }

    /** Moves to the next element of the array. Returns false at the end of the array, after leaving it. */
    public boolean nextElement() throws IOException {
        return nextMember(']');
    }

    /**
     * Moves to the next field of the object. Returns null at the end of the object, after leaving it.
     *
     * @return the name as written, with escapes and without quotes
     */
    public @Nullable String nextField() throws IOException {
        return nextMember('}') ? fieldName() : null;
    }

    /**
     * Moves to the next line of a text with one value per line; false at the end. Blank lines are skipped. From this
     * call on, a value ends with its line.
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

    /**
     * Reads the next elements of the array while they are plain scalars ({@link PlainScalar}) in the buffer, without
     * white space between them. To be called after {@link #enterArray} or after an element. Afterwards {@link #bytes}
     * from {@link #start} to {@link #end} hold all of them, separated by commas.
     *
     * @param lengths gets the length of each, from 1 to 127; the number read is at most its length
     * @return the number of elements read; 0 if {@link #nextElement} has to find the next one
     */
    public int nextScalars(byte[] lengths) {
        return nextPlain(lengths, ALL_SCALARS, ',');
    }

    /**
     * Like {@link #nextScalars}, for integers of few digits alone.
     *
     * @param digits the largest number of digits, at most 18
     */
    public int nextIntegers(byte[] lengths, int digits) {
        return nextPlain(lengths, digits, ',');
    }

    /**
     * Like {@link #nextIntegers}, for the next lines. To be called instead of {@link #nextLine}. Newlines separate the
     * integers.
     */
    public int nextIntegerLines(byte[] lengths, int digits) {
        int count = nextPlain(lengths, digits, '\n');
        if (count > 0) {
            withinLine = true;
        }
        return count;
    }

    /** Counts the next elements of the array up to its end, and leaves it. */
    public int countElements() throws IOException {
        byte[] lengths = new byte[COUNTED_AT_ONCE];
        int count = nextScalars(lengths);
        while (nextElement()) {
            value();
            count += 1 + nextScalars(lengths);
        }
        return count;
    }

    /** @param digits the largest number of digits of an integer, or {@link #ALL_SCALARS} */
    private int nextPlain(byte[] lengths, int digits, char separator) {
        byte[] bytes = window.bytes;
        int to = window.end;
        boolean isFirst = !hasMembers[depth];
        int from = isFirst ? window.position : window.position + 1;
        boolean isPossible = from < to && window.maxMarked >= PlainScalar.MAX_BYTES && !isObject[depth];
        if (!isPossible || !(isFirst || bytes[from - 1] == separator)) {
            return 0;
        }
        int count = 0;
        int start = from;
        boolean isLast = false;
        while (count < lengths.length && !isLast) {
            int end = digits == ALL_SCALARS
                    ? PlainScalar.end(bytes, start, to)
                    : PlainScalar.endOfInteger(bytes, start, to, digits);
            isLast = end >= 0 && bytes[end] == ']' && separator == ',';
            if (end < 0 || (bytes[end] != separator && !isLast)) {
                break;
            }
            lengths[count++] = (byte) (end - start);
            start = end + 1;
        }
        if (count > 0) {
            passed(from, start - 1);
            if (separator == '\n') {
                line += isFirst ? count - 1 : count;
                lineStart = window.offset() - lengths[count - 1];
            }
        }
        return count;
    }

    private void passed(int from, int end) {
        window.position = end;
        window.markAt(from);
        valueEnd = end;
        hasMembers[depth] = true;
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

    /** Whether the next value is an array; consumes only white space. */
    public boolean isAtArray() throws IOException {
        return peekByte() == '[';
    }

    /** Whether the next value is an object; consumes only white space. */
    public boolean isAtObject() throws IOException {
        return peekByte() == '{';
    }

    /**
     * Reads and checks the next value. {@link #bytes} from {@link #start} to {@link #end} hold the value until the next
     * call.
     */
    public JsonKind value() throws IOException {
        window.unmark();
        peekByte();
        window.mark();
        JsonKind firstKind = kindAhead();
        int floor = depth;
        deepest = Math.min(floor + JsonLimits.MAX_DEPTH, CAPACITY);
        do {
            scanToken();
            leaveEndedContainers(floor);
        } while (depth > floor);
        valueEnd = window.position;
        if (valueEnd - window.marked() > window.maxMarked) {
            throw new JsonTooLargeException(window.maxMarked);
        }
        return firstKind == JsonKind.INTEGER ? numberKind : firstKind;
    }

    /** The buffer of the last value, or values. Valid until the next call; must not be changed. */
    public byte[] bytes() {
        return window.bytes;
    }

    /** The start of the last value in {@link #bytes}. */
    public int start() {
        return window.marked();
    }

    /** The end of the last value in {@link #bytes}, exclusive. */
    public int end() {
        return valueEnd;
    }

    /** Checks that only white space follows. */
    public void finish() throws IOException {
        window.unmark();
        skipWhiteSpace();
        if (window.hasByte()) {
            throw unexpected("the end");
        }
    }

    /** An error at the current position, for callers that reject a scanned value. */
    public JsonSyntaxException error(String message) {
        return new JsonSyntaxException(message, line, column());
    }

    private long column() {
        return window.offset() - lineStart + 1;
    }

    /** The current line, from 1. */
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

    /** Reads a scalar, or the start of an array or object up to its first value. */
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

    /** Leaves the containers that end after a value, and moves to the next value of a container that does not. */
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
                } else {
                    skipPlainScalars();
                }
                return;
            } else {
                throw unexpected(object ? "',' or '}'" : "',' or ']'");
            }
        }
    }

    /** Skips elements of an inner array of which each is followed by another. */
    private void skipPlainScalars() {
        byte[] bytes = window.bytes;
        int to = window.end;
        int start = window.position;
        int end = PlainScalar.end(bytes, start, to);
        while (end >= 0 && bytes[end] == ',') {
            start = end + 1;
            end = PlainScalar.end(bytes, start, to);
        }
        window.position = start;
    }

    private void innerName() throws IOException {
        if (peekByte() != '"') {
            throw unexpected("a field name");
        }
        scanString();
        expect(':', "':'");
    }

    private void push(boolean object) {
        if (depth == deepest) {
            throw new JsonTooDeepException(JsonLimits.MAX_DEPTH, line, column());
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
        if (scanBufferedInteger()) {
            return;
        }
        long from = window.offset();
        numberKind = JsonKind.INTEGER;
        if (current() == '-') {
            window.position++;
        }
        if (current() == '0') {
            window.position++;
        } else {
            digits();
        }
        if (current() == '.') {
            numberKind = JsonKind.DECIMAL;
            window.position++;
            digits();
        }
        if (current() == 'e' || current() == 'E') {
            numberKind = JsonKind.DECIMAL;
            window.position++;
            if (current() == '+' || current() == '-') {
                window.position++;
            }
            digits();
        }
        if (window.offset() - from > JsonLimits.MAX_NUMBER_CHARS) {
            throw error("a number of more than " + JsonLimits.MAX_NUMBER_CHARS + " characters");
        }
        checkTokenEnds();
    }

    /**
     * Reads an integer of few digits that ends in the buffer. False, without a change, for another number: the general
     * way reads it or reports its error.
     */
    private boolean scanBufferedInteger() {
        int at = PlainScalar.endOfInteger(window.bytes, window.position, window.end, PlainScalar.LONG_DIGITS);
        if (at < 0 || !endsToken(window.bytes[at])) {
            return false;
        }
        window.position = at;
        numberKind = JsonKind.INTEGER;
        return true;
    }

    private static boolean endsToken(int c) {
        return c == ',' || c == ']' || c == '}' || isWhiteSpace(c);
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
        if (c != END && !endsToken(c)) {
            throw unexpected("',' or an end");
        }
    }

    private int current() throws IOException {
        return window.hasByte() ? window.bytes[window.position] & 0xff : END;
    }

    /** The next byte after white space, which is not consumed. The end of the text is an error. */
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

    private void expect(char expected, String description) throws IOException {
        if (peekByte() != expected) {
            throw unexpected(description);
        }
        window.position++;
    }

    private JsonSyntaxException unexpected(String expected) throws IOException {
        int c = current();
        if (c == END) {
            return error("the text ends early, expected " + expected);
        }
        if (c == '\n' && withinLine) {
            return error("the line ends early, expected " + expected);
        }
        String found = c > ' ' && c < 0x7f ? "'" + (char) c + "'" : "byte 0x" + Integer.toHexString(c);
        return error("unexpected " + found + ", expected " + expected);
    }
}
