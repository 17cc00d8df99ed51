package io.minimalcluster.task.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Validates a string in JSON text: its escapes, UTF-8 and surrogates. */
final class JsonStrings {
    private static final int END = -1;

    private final ByteWindow window;

    JsonStrings(ByteWindow window) {
        this.window = window;
    }

    /**
     * Reads the string whose opening quote is at the position of the window.
     *
     * @return the problem of the string, or null
     */
    @Nullable
    String pass() throws IOException {
        window.position++;
        while (window.hasByte()) {
            window.position = PlainBytes.end(window.bytes, window.position, window.end);
            if (!window.hasByte()) {
                break;
            }
            int c = window.bytes[window.position];
            if (c == '"') {
                window.position++;
                return null;
            }
            String problem = character(c);
            if (problem != null) {
                return problem;
            }
        }
        return "a string that does not end";
    }

    private @Nullable String character(int c) throws IOException {
        if (c >= ' ' && c != '\\') {
            window.position++;
            return null;
        }
        if (c < 0) {
            return utf8() ? null : "invalid UTF-8 in a string";
        }
        return c == '\\' ? escape() : "a control character in a string";
    }

    private @Nullable String escape() throws IOException {
        window.position++;
        int c = next();
        if (c != 'u') {
            return c != END && "\"\\/bfnrt".indexOf(c) >= 0 ? null : "an unknown escape in a string";
        }
        int unit = hex();
        if (unit == END) {
            return "an escape without four hexadecimal digits";
        }
        if (!Character.isSurrogate((char) unit)) {
            return null;
        }
        boolean paired = Character.isHighSurrogate((char) unit)
                && next() == '\\'
                && next() == 'u'
                && Character.isLowSurrogate((char) Math.max(0, hex()));
        return paired ? null : "a lone surrogate in a string";
    }

    private int hex() throws IOException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                return END;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** Reads a character of two to four bytes. Rejects surrogates, overlong forms and code points above U+10FFFF. */
    private boolean utf8() throws IOException {
        int first = next();
        if (first >= 0xc2 && first <= 0xdf) {
            return continuation(0x80, 0xbf);
        }
        if (first >= 0xe0 && first <= 0xef) {
            return continuation(first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && continuation(0x80, 0xbf);
        }
        return first >= 0xf0
                && first <= 0xf4
                && continuation(first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf)
                && continuation(0x80, 0xbf)
                && continuation(0x80, 0xbf);
    }

    private boolean continuation(int least, int greatest) throws IOException {
        int c = next();
        return c >= least && c <= greatest;
    }

    private int next() throws IOException {
        return window.hasByte() ? window.bytes[window.position++] & 0xff : END;
    }
}
