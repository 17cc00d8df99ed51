package io.minimalcluster.chaos;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a run has opened. It is closed once, the last first: at the end, or by another thread that can't wait for it.
 */
final class OpenResources implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>(); // guarded by this, as all
    private boolean closed;

    /** Has this done at the end; at once, and all else is in vain, if that has come already. */
    synchronized void atEnd(Runnable closing) {
        closings.push(closing);
        if (closed) {
            close();
            throw new IllegalStateException("the run was ended");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
