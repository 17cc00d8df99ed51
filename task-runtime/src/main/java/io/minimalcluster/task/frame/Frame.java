package io.minimalcluster.task.frame;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * A message between a service and a forked JVM. It consists of four bytes of length of the rest, one byte of kind, four
 * bytes of header length, the header, and the body. The header is JSON in UTF-8 and may be empty.
 */
public record Frame(FrameKind kind, byte[] header, byte[] body) {
    private static final byte[] EMPTY = {};
    private static final int FIXED = 5;

    /** A frame without header and body. */
    public static Frame of(FrameKind kind) {
        return new Frame(kind, EMPTY, EMPTY);
    }

    /** The number of bytes after the length field. */
    public int length() {
        return FIXED + header.length + body.length;
    }

    /** Writes and flushes this frame. */
    public void writeTo(OutputStream out) throws IOException {
        byte[] start = ByteBuffer.allocate(Integer.BYTES + FIXED)
                .putInt(length())
                .put(kind.code())
                .putInt(header.length)
                .array();
        out.write(start);
        out.write(header);
        out.write(body);
        out.flush();
    }

    /**
     * Reads the next frame.
     *
     * @param limit the maximum length in bytes
     * @throws EOFException at the end of the stream
     * @throws ProtocolException if the stream holds no frame or a longer one; the stream cannot be used afterwards
     */
    public static Frame readFrom(InputStream in, int limit) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int length = data.readInt();
        if (length < FIXED || length > limit) {
            throw new ProtocolException("a frame of " + length + " bytes");
        }
        FrameKind kind = FrameKind.of(data.readUnsignedByte());
        int headerLength = data.readInt();
        if (headerLength < 0 || headerLength > length - FIXED) {
            throw new ProtocolException("a " + kind + " frame with a header of " + headerLength + " bytes");
        }
        byte[] header = data.readNBytes(headerLength);
        byte[] body = data.readNBytes(length - FIXED - headerLength);
        if (header.length + body.length < length - FIXED) {
            throw new EOFException("a frame that ends early");
        }
        return new Frame(kind, header, body);
    }
}
