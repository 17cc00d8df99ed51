package io.minimalcluster.master.http.direct;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JSON text as a list of pieces, so that large arrays are copied once, to the response. Memory is that of the text: a
 * part of an array is copied, so that the array is not retained.
 */
public final class JsonPieces {
    private final List<byte[]> pieces = new ArrayList<>();
    private int length;

    /** Adds ASCII text. */
    public void add(String ascii) {
        add(ascii.getBytes(US_ASCII));
    }

    /** Adds an array, which must not change afterwards. */
    public void add(byte[] bytes) {
        pieces.add(bytes);
        length = Math.addExact(length, bytes.length);
    }

    /** Adds a range of an array, which must not change afterwards. */
    public void add(byte[] bytes, int offset, int count) {
        add(count == bytes.length ? bytes : Arrays.copyOfRange(bytes, offset, offset + count));
    }

    /** Adds all pieces of another text. */
    public void addAll(JsonPieces other) {
        pieces.addAll(other.pieces);
        length = Math.addExact(length, other.length);
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece);
        }
    }

    /** The whole text in one array. */
    public byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length);
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // unreachable: the output is in memory
        }
        return out.toByteArray();
    }
}
