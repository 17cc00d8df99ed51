package io.minimalcluster.master.result.read;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/** Converts stored JSON to other forms byte by byte. */
final class JsonTranscoder {
    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);

    private JsonTranscoder() {}

    static void ascii(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
    }

    /** Writes JSON on one line. Line breaks in JSON can only be white space between tokens. */
    static void onOneLine(OutputStream out, byte[] json, int start, int end) throws IOException {
        int from = start;
        for (int i = start; i < end; i++) {
            if (json[i] == '\n' || json[i] == '\r') {
                out.write(json, from, i - from);
                out.write(' ');
                from = i + 1;
            }
        }
        out.write(json, from, end - from);
    }

    /**
     * Writes JSON as the name of a field. A string is its own name; any other value becomes a string of its JSON text.
     */
    static void asName(OutputStream out, byte[] json, int start, int end) throws IOException {
        if (json[start] == '"') {
            out.write(json, start, end - start);
            return;
        }
        out.write('"');
        for (int i = start; i < end; i++) {
            byte b = json[i];
            if (b == '"' || b == '\\') {
                out.write('\\');
                out.write(b);
            } else if (b >= 0 && b < ' ') {
                out.write(new byte[] {'\\', 'u', '0', '0', HEX[b >> 4], HEX[b & 15]});
            } else {
                out.write(b);
            }
        }
        out.write('"');
    }

    /** Writes text as a quoted field of CSV (RFC 4180), with its quotes doubled. */
    static void asCsv(OutputStream out, byte[] text, int start, int end) throws IOException {
        out.write('"');
        int from = start;
        for (int i = start; i < end; i++) {
            if (text[i] == '"') {
                out.write(text, from, i + 1 - from);
                from = i;
            }
        }
        out.write(text, from, end - from);
        out.write('"');
    }

    /**
     * Writes text as a field of CSV that a spreadsheet treats as text. Text that begins like a formula gets a leading
     * apostrophe, which prevents formula injection by tasks.
     */
    static void asCsvText(OutputStream out, String text) throws IOException {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        byte[] bytes = ((formula ? "'" : "") + text).getBytes(UTF_8);
        asCsv(out, bytes, 0, bytes.length);
    }
}
