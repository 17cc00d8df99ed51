package io.minimalcluster.task.json;

/**
 * Finds the end of a scalar in plain form: a number, a literal, or a string of ASCII without escapes, each of at most
 * {@value #MAX_BYTES} bytes and followed by another byte of the buffer. Most elements of long lists have this form.
 * Everything else is left to the general way, which also reports errors.
 */
final class PlainScalar {
    /** The longest plain scalar, so that a length takes seven bits. */
    static final int MAX_BYTES = 127;

    /** The digits of an integer that every {@code long} can hold. */
    static final int LONG_DIGITS = 18;

    private static final int NONE = -1;

    private PlainScalar() {}

    /** The end of the scalar that starts at {@code from}, exclusive; −1 if it has another form. */
    static int end(byte[] bytes, int from, int to) {
        int limit = Math.min(to, from + MAX_BYTES + 1);
        if (from >= limit) {
            return NONE;
        }
        int c = bytes[from];
        if (c <= '9' && c != '"') {
            return endOfNumber(bytes, from, limit);
        }
        return switch (c) {
            case '"' -> endOfString(bytes, from + 1, limit);
            case 't' -> endOfLiteral("true", bytes, from, limit);
            case 'f' -> endOfLiteral("false", bytes, from, limit);
            case 'n' -> endOfLiteral("null", bytes, from, limit);
            default -> NONE;
        };
    }

    /**
     * The end of an integer, exclusive; −1 if the text has another form.
     *
     * @param digits the largest number of digits
     */
    static int endOfInteger(byte[] bytes, int from, int to, int digits) {
        int first = from < to && bytes[from] == '-' ? from + 1 : from;
        int end = endOfDigits(bytes, first, Math.min(to, first + digits + 1));
        int count = end - first;
        boolean isWhole = count > 0 && count <= digits && end < to && (bytes[first] != '0' || count == 1);
        return isWhole ? end : NONE;
    }

    private static int endOfNumber(byte[] bytes, int from, int limit) {
        int first = bytes[from] == '-' ? from + 1 : from;
        int at = endOfDigits(bytes, first, limit);
        if (at == first || at == limit || (bytes[first] == '0' && at > first + 1)) {
            return NONE;
        }
        if (bytes[at] == '.') {
            int fraction = at + 1;
            at = endOfDigits(bytes, fraction, limit);
            if (at == fraction || at == limit) {
                return NONE;
            }
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            int exponent = at + 1 < limit && (bytes[at + 1] == '-' || bytes[at + 1] == '+') ? at + 2 : at + 1;
            at = endOfDigits(bytes, exponent, limit);
            if (at == exponent || at == limit) {
                return NONE;
            }
        }
        return at;
    }

    private static int endOfDigits(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int endOfString(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit
                && bytes[at] >= ' '
                && bytes[at] != '"'
                && bytes[at] != '\\') { // bytes above ASCII are negative
            at++;
        }
        return at < limit - 1 && bytes[at] == '"' ? at + 1 : NONE;
    }

    private static int endOfLiteral(String text, byte[] bytes, int from, int limit) {
        int end = from + text.length();
        if (end >= limit) {
            return NONE;
        }
        for (int i = 1; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return NONE;
            }
        }
        return end;
    }
}
