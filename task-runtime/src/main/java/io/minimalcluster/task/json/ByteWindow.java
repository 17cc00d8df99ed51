package io.minimalcluster.task.json;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window over a stream. It holds the bytes from the mark to the last byte read. Without a mark, consumed
 * bytes are discarded.
 */
final class ByteWindow {
    /** Enough for most requests. */
    private static final int FIRST_BYTES = 4 * 1024;

    /** The size up to which the window grows for fewer reads, even if it need not hold more. */
    private static final int READ_BYTES = 64 * 1024;

    private static final int UNMARKED = -1;

    private final @Nullable InputStream in;
    final int maxMarked;
    byte[] bytes;
    int position;
    int end;
    private int mark = UNMARKED;
    private long discarded;

    ByteWindow(InputStream in, int maxMarked) {
        this.in = in;
        this.maxMarked = maxMarked;
        this.bytes = new byte[FIRST_BYTES];
    }

    /** A fixed window over a byte array. */
    ByteWindow(byte[] bytes, int from, int to) {
        this.in = null;
        this.maxMarked = Integer.MAX_VALUE;
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** The number of bytes of the stream before the position. */
    long offset() {
        return discarded + position;
    }

    void mark() {
        mark = position;
    }

    /** Marks a byte of the buffer before the position. */
    void markAt(int index) {
        mark = index;
    }

    int marked() {
        return mark;
    }

    void unmark() {
        mark = UNMARKED;
    }

    /** Reads until there is a byte at the position; false at the end of the stream. */
    boolean hasByte() throws IOException {
        return position < end || fill();
    }

    private boolean fill() throws IOException {
        if (in == null) {
            return false;
        }
        int keep = mark == UNMARKED ? position : mark;
        if (end - keep > maxMarked) {
            throw new JsonTooLargeException(maxMarked);
        }
        if (end == bytes.length) {
            makeRoom(keep);
        }
        int count = in.read(bytes, end, bytes.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    private void makeRoom(int keep) {
        boolean grows = keep == 0 || bytes.length < READ_BYTES;
        byte[] target = grows ? new byte[Math.multiplyExact(bytes.length, 2)] : bytes;
        System.arraycopy(bytes, keep, target, 0, end - keep);
        bytes = target;
        position -= keep;
        end -= keep;
        discarded += keep;
        if (mark != UNMARKED) {
            mark = 0;
        }
    }
}
