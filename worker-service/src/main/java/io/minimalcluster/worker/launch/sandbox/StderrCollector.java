package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the output of a child beside its frames, keeps the end of it, and detects too much output. */
public final class StderrCollector {
    /** The number of bytes kept. */
    public static final int KEPT = 8 * 1024;

    /** The total number of bytes that a child may write. */
    public static final long CAP = 16 * 1024 * 1024;

    private final Runnable onLimit;

    // guarded by this object's lock
    private byte[] tail = {};
    private long total;

    public StderrCollector(Runnable onLimit) {
        this.onLimit = onLimit;
    }

    /** Reads a stream to its end, or until the limit is exceeded. */
    public void drain(InputStream stream) {
        byte[] read = new byte[KEPT];
        try {
            int n = stream.read(read);
            while (n >= 0 && keep(read, n)) {
                n = stream.read(read);
            }
            if (n >= 0) {
                onLimit.run();
            }
        } catch (IOException _) {
            // the process ended
        }
    }

    private synchronized boolean keep(byte[] read, int n) {
        byte[] all = Arrays.copyOf(tail, tail.length + n);
        System.arraycopy(read, 0, all, tail.length, n);
        tail = all.length > KEPT ? Arrays.copyOfRange(all, all.length - KEPT, all.length) : all;
        total += n;
        return total <= CAP;
    }

    /** The last output; malformed UTF-8 is replaced. */
    public synchronized String end() {
        return new String(tail, StandardCharsets.UTF_8);
    }
}
