package io.minimalcluster.client.json;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes the elements of an iterator as JSON while it is read, so that memory does not grow with their number. */
public final class ElementsInputStream extends InputStream {
    private static final int PIECE = 1 << 16;

    private final Iterator<?> values;
    private final boolean isArray;
    private byte[] piece = {};
    private int at;
    private boolean isStarted;
    private boolean isEnded;
    private @Nullable RuntimeException failure;

    private ElementsInputStream(Iterator<?> values, boolean isArray) {
        this.values = values;
        this.isArray = isArray;
    }

    /** Writes one element a line. */
    public static InputStream lines(Iterator<?> values) {
        return new ElementsInputStream(values, false);
    }

    /** Writes a JSON array. */
    public static InputStream array(Iterator<?> values) {
        return new ElementsInputStream(values, true);
    }

    @Override
    public int read() {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) {
        if (most == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(most, piece.length - at);
        System.arraycopy(piece, at, into, from, count);
        at += count;
        return count;
    }

    /** Returns whether bytes are left. A failure of the iterator or of a value is thrown again at each further read. */
    private boolean fill() {
        if (failure != null) {
            throw failure;
        }
        if (at < piece.length) {
            return true;
        }
        ByteArrayOutputStream next = new ByteArrayOutputStream(PIECE);
        try {
            while (next.size() < PIECE && !isEnded) {
                write(next);
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
        piece = next.toByteArray();
        at = 0;
        return piece.length > 0;
    }

    private void write(ByteArrayOutputStream next) {
        if (isArray && !isStarted) {
            next.write('[');
        }
        if (!values.hasNext()) {
            isEnded = true;
            if (isArray) {
                next.write(']');
            }
        } else {
            if (isArray && isStarted) {
                next.write(',');
            }
            next.writeBytes(ValueMapper.write(values.next()));
            if (!isArray) {
                next.write('\n');
            }
        }
        isStarted = true;
    }
}
