package io.minimalcluster.client.json;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the elements of an iterator as JSON while it is read, so that memory does not grow with their number. */
public final class ElementsInputStream extends InputStream {
    private static final int PIECE = 1 << 16;

    private final Supplier<? extends Iterator<?>> source;
    private final boolean isArray;
    private @Nullable Iterator<?> values;
    private byte[] piece = {};
    private int at;
    private boolean isStarted;
    private boolean isEnded;
    private @Nullable ArgumentException failure;

    private ElementsInputStream(Supplier<? extends Iterator<?>> source, boolean isArray) {
        this.source = source;
        this.isArray = isArray;
    }

    /**
     * Writes one element a line.
     *
     * @param source gives the iterator, once, at the first read
     */
    public static InputStream lines(Supplier<? extends Iterator<?>> source) {
        return new ElementsInputStream(source, false);
    }

    /**
     * Writes a JSON array.
     *
     * @param source gives the iterator, once, at the first read
     */
    public static InputStream array(Supplier<? extends Iterator<?>> source) {
        return new ElementsInputStream(source, true);
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

    /**
     * Returns whether bytes are left. A failure of the iterator or of a value is thrown as an
     * {@link ArgumentException}, and again at each further read.
     */
    private boolean fill() {
        if (failure != null) {
            throw failure;
        }
        if (at < piece.length) {
            return true;
        }
        ByteArrayOutputStream next = new ByteArrayOutputStream(PIECE);
        try {
            Iterator<?> all = values == null ? source.get() : values;
            values = all;
            while (next.size() < PIECE && !isEnded) {
                write(all, next);
            }
        } catch (RuntimeException | Error e) {
            ArgumentException failed = new ArgumentException(e);
            failure = failed;
            throw failed;
        }
        piece = next.toByteArray();
        at = 0;
        return piece.length > 0;
    }

    private void write(Iterator<?> all, ByteArrayOutputStream next) {
        if (isArray && !isStarted) {
            next.write('[');
        }
        if (!all.hasNext()) {
            isEnded = true;
            if (isArray) {
                next.write(']');
            }
        } else {
            if (isArray && isStarted) {
                next.write(',');
            }
            next.writeBytes(ValueMapper.write(all.next()));
            if (!isArray) {
                next.write('\n');
            }
        }
        isStarted = true;
    }
}
