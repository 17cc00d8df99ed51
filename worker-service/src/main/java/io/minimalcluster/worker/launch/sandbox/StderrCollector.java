package io.minimalcluster.worker.launch.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a child says beside its frames: drained, the end of it kept, and a flood of it noticed. */
public final class StderrCollector {
    /** How much of it is kept. */
    public static final int KEPT = 8 * 1024;

    /** How much a child may say in its life. */
    public static final long CAP = 16 * 1024 * 1024;

    private final Runnable onFlood;

    // guarded by this object's lock
    private byte[] tail = {};
    private long total;

    public StderrCollector(Runnable onFlood) {
        this.onFlood = onFlood;
    }

    /** Reads to the end of a stream, or until it is too much. */
    public void drain(InputStream stream) {
        byte[] read = new byte[KEPT];
        try {
            int n = stream.read(read);
            while (n >= 0 && keep(read, n)) {
                n = stream.read(read);
            }
            if (n >= 0) {
                onFlood.run();
            }
        } catch (IOException closed) {
            // it ended, and nobody reads on
        }
    }

    private synchronized boolean keep(byte[] read, int n) {
        byte[] all = Arrays.copyOf(tail, tail.length + n);
        System.arraycopy(read, 0, all, tail.length, n);
        tail = all.length > KEPT ? Arrays.copyOfRange(all, all.length - KEPT, all.length) : all;
        total += n;
        return total <= CAP;
    }

    /** What it said last; what is no UTF-8 is replaced. */
    public synchronized String end() {
        return new String(tail, StandardCharsets.UTF_8);
    }
}
