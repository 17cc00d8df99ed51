package io.minimalcluster.task.frame;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * One message: four bytes of length of what follows, one byte of kind, four bytes of length of the header, the header
 * (JSON in UTF-8, may be empty), and the body to the end.
 */
public record Frame(FrameKind kind, byte[] header, byte[] body) {
    private static final byte[] NOTHING = {};
    private static final int FIXED = 5;

    /** A frame that says no more than its kind. */
    public static Frame of(FrameKind kind) {
        return new Frame(kind, NOTHING, NOTHING);
    }

    /** Writes and flushes it. */
    public void writeTo(OutputStream out) throws IOException {
        byte[] start = ByteBuffer.allocate(Integer.BYTES + FIXED)
                .putInt(FIXED + header.length + body.length)
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
     * @param limit how long it may be at most, in bytes
     * @throws EOFException at the end of the stream
     * @throws ProtocolException if what comes is no frame, or a longer one; the stream is of no use then
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
