package io.minimalcluster.master.http.budget;

import io.minimalcluster.master.error.MasterException.Unavailable;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unsent bytes of one response. A response is sent when its handler has returned. A streamed response is sent part
 * by part: while a part is built, nothing is sent, and while it is sent, its builder holds no memory. Unsent bytes
 * above the budget for responses are kept in a temporary file. Used by one thread.
 */
public final class ResponseBuffer extends ServletOutputStream {
    /** Size of a piece, which is the longest write to the client. */
    static final int PIECE = 64 * 1024;

    /** Size at which a part is long enough. */
    private static final int FULL = 4 * PIECE;

    private static final int FIRST_BYTES = 1024;
    private static final ThreadLocal<@Nullable ResponseBuffer> CURRENT = new ThreadLocal<>();

    private final ResponseMemory memory;
    private final HttpServletResponse response;
    private final String owner;
    private final Deque<byte[]> pieces = new ArrayDeque<>();
    private byte[] last = new byte[FIRST_BYTES];
    private int lastSize;
    private @Nullable FileChannel file;
    private long fileSize;
    private boolean isStreamed;
    private boolean isBuilding;
    private Runnable onStream = () -> {};
    private @Nullable PrintWriter writer;

    ResponseBuffer(ResponseMemory memory, HttpServletResponse response, String owner) {
        this.memory = memory;
        this.response = response;
        this.owner = owner;
    }

    /** Makes this the buffer of the current thread until {@link #close}. */
    void enter() {
        CURRENT.set(this);
    }

    /** Builds something, such as a part of a response. */
    public interface Build<T> {
        T build() throws IOException;
    }

    /**
     * Builds a part of a streamed response, and then sends what has been written. The part must not retain blocks of
     * the store. Does not wait for the client while it builds.
     */
    public static <T> T part(Build<T> part) throws IOException {
        ResponseBuffer current = CURRENT.get();
        if (current == null || !current.isStreamed || current.isBuilding) {
            return part.build();
        }
        T result;
        current.beginBuild();
        try {
            result = part.build();
        } finally {
            current.endBuild();
        }
        current.sendPieces();
        return result;
    }

    /** Whether the part that is being built is long enough. */
    public static boolean isFull() {
        ResponseBuffer current = CURRENT.get();
        return current != null
                && current.isStreamed
                && current.isBuilding
                && current.fileSize + (long) current.pieces.size() * PIECE >= FULL;
    }

    /**
     * Announces that the response of the current thread may need much memory. Waits until few others do.
     *
     * @throws Unavailable after a timeout
     */
    public static void reserve() {
        ResponseBuffer current = CURRENT.get();
        if (current != null && !current.isBuilding) {
            current.beginBuild();
        }
    }

    /** Sends the response of the current thread part by part. */
    public static void stream() {
        ResponseBuffer current = CURRENT.get();
        if (current != null) {
            current.isStreamed = true;
            current.endBuild();
            current.onStream.run();
        }
    }

    /** Registers an action for the start of a streamed response, such as to release the memory of the request. */
    public static void onStream(Runnable action) {
        ResponseBuffer current = CURRENT.get();
        if (current != null) {
            current.onStream = action;
        }
    }

    /** Runs the action for the start of a streamed response early, such as before a long wait. */
    public static void releaseRequest() {
        ResponseBuffer current = CURRENT.get();
        if (current != null) {
            current.onStream.run();
        }
    }

    private void beginBuild() {
        memory.beginBuild(owner);
        isBuilding = true;
    }

    private void endBuild() {
        if (isBuilding) {
            isBuilding = false;
            memory.endBuild(owner);
        }
    }

    @Override
    public void write(int value) throws IOException {
        if (lastSize == last.length) {
            makeRoom();
        }
        last[lastSize++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int written = 0;
        while (written < length) {
            if (lastSize == last.length) {
                makeRoom();
            }
            int count = Math.min(length - written, last.length - lastSize);
            System.arraycopy(bytes, offset + written, last, lastSize, count);
            lastSize += count;
            written += count;
        }
    }

    private void makeRoom() throws IOException {
        if (last.length < PIECE) {
            last = Arrays.copyOf(last, last.length * 4);
        } else if (isStreamed && !isBuilding) {
            send();
        } else if (file == null && memory.tryHold(owner, PIECE)) {
            pieces.add(last);
            last = new byte[PIECE];
            lastSize = 0;
        } else {
            writeToFile();
        }
    }

    private void writeToFile() throws IOException {
        memory.takeFile(owner, PIECE);
        fileSize += PIECE;
        try {
            if (file == null) {
                file = memory.newFile();
            }
            ByteBuffer bytes = ByteBuffer.wrap(last);
            for (long at = fileSize - PIECE; bytes.hasRemaining(); ) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            throw new Unavailable("The response can't be buffered.", Duration.ofSeconds(5), e);
        }
        lastSize = 0;
    }

    /** Sends complete pieces. */
    private void sendPieces() throws IOException {
        ServletOutputStream out = response.getOutputStream();
        while (!pieces.isEmpty()) {
            out.write(pieces.getFirst());
            pieces.removeFirst();
            memory.release(owner, PIECE);
        }
        FileChannel unsent = file;
        if (unsent != null) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            for (long at = 0; at < fileSize; at += PIECE) {
                piece.clear();
                while (piece.hasRemaining() && unsent.read(piece, at + piece.position()) >= 0) {
                    // the file consists of whole pieces
                }
                out.write(piece.array());
            }
            closeFile();
        }
    }

    private void send() throws IOException {
        sendPieces();
        response.getOutputStream().write(last, 0, lastSize);
        lastSize = 0;
    }

    /**
     * Sends the unsent bytes of a streamed response. Another response is sent at its end, when nothing else is held.
     */
    @Override
    public void flush() throws IOException {
        if (isStreamed && !isBuilding) {
            send();
            response.flushBuffer();
        }
    }

    /** A writer of the response. Its text is part of the response also if the handler does not flush it. */
    PrintWriter writer(Charset charset) {
        PrintWriter open = writer;
        if (open == null) {
            open = new PrintWriter(this, true, charset);
            writer = open;
        }
        return open;
    }

    private void flushWriter() {
        if (writer != null) {
            writer.flush();
        }
    }

    /** Sends the rest of the response, after its handler has returned. */
    void finish() throws IOException {
        endBuild();
        flushWriter();
        send();
    }

    /** Drops the unsent bytes, and the text in the writer. */
    void reset() {
        boolean streams = isStreamed;
        isStreamed = false; // the writer must not send
        flushWriter();
        isStreamed = streams;
        clear();
    }

    private void clear() {
        pieces.forEach(_ -> memory.release(owner, PIECE));
        pieces.clear();
        lastSize = 0;
        closeFile();
    }

    private void closeFile() {
        FileChannel closing = file;
        file = null;
        memory.releaseFile(owner, fileSize);
        fileSize = 0;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException _) {
            // deleted at the next start
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    /** Ends the use of the buffer by this thread. Another thread enters it later. */
    void suspend() {
        CURRENT.remove();
        endBuild();
    }

    /** Ends the use of the buffer and releases what it holds. */
    void leave() {
        CURRENT.remove();
        endBuild();
        clear();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("responses are written by the thread of the request");
    }
}
