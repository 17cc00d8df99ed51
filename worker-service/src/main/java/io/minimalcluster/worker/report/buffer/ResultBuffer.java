package io.minimalcluster.worker.report.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A buffer of outcomes of one batch that wait to be posted. Outcomes that queue up during a post are posted together.
 * One thread adds and one takes; any thread may finish or drop. Guarded by its monitor.
 */
public final class ResultBuffer {
    /** The size at which a post is sent without delay. */
    static final long POST_BYTES = 1 << 20;

    private final UnpostedBytes unpostedBytes;
    private final Duration longestWait;
    private final Deque<OutcomeRange> waiting = new ArrayDeque<>();
    private long bytes;
    private long oldestSince;
    private boolean finished;
    private boolean dropped;

    /**
     * Creates an empty buffer.
     *
     * @param longestWait the longest delay of an outcome to be posted with others
     */
    public ResultBuffer(UnpostedBytes unpostedBytes, Duration longestWait) {
        this.unpostedBytes = unpostedBytes;
        this.longestWait = longestWait;
    }

    /** Adds outcomes. Blocks while too many bytes are unposted. */
    public void add(OutcomeRange outcomes) throws InterruptedException {
        if (isDropped()) {
            return;
        }
        long more = outcomes.bytes();
        unpostedBytes.add(more);
        synchronized (this) {
            if (dropped || finished) {
                unpostedBytes.remove(more);
                return;
            }
            if (waiting.isEmpty()) {
                oldestSince = System.nanoTime();
            }
            waiting.add(outcomes);
            bytes += more;
            if (bytes >= POST_BYTES) {
                notifyAll(); // the consumer polls anyway, and a wake-up for each part costs more
            }
        }
    }

    /** Marks the end of the outcomes. */
    public synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Discards all outcomes, including later ones. */
    public synchronized void drop() {
        dropped = true;
        waiting.clear();
        unpostedBytes.remove(bytes);
        bytes = 0;
        notifyAll();
    }

    public synchronized boolean isDropped() {
        return dropped;
    }

    /** Takes the next post when it is large, delayed or last; empty after a drop. */
    public synchronized Optional<ResultPost> take() throws InterruptedException {
        while (!dropped && !isDue()) {
            wait(Math.max(1, longestWait.toMillis() / 2));
        }
        return dropped ? Optional.empty() : Optional.of(gather());
    }

    private boolean isDue() {
        return finished
                || bytes >= POST_BYTES
                || (!waiting.isEmpty() && System.nanoTime() - oldestSince >= longestWait.toNanos() / 2);
    }

    private ResultPost gather() {
        List<OutcomeRange> parts = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && size < POST_BYTES && (parts.isEmpty() || follows(parts.getLast()))) {
            OutcomeRange next = waiting.remove();
            parts.add(next);
            size += next.bytes();
        }
        bytes -= size;
        return new ResultPost(parts, size, finished && waiting.isEmpty());
    }

    private boolean follows(OutcomeRange last) {
        return waiting.element().first() == last.end();
    }

    /** Releases the bytes of a post that was sent or abandoned. */
    public void release(ResultPost resultPost) {
        unpostedBytes.remove(resultPost.bytes());
    }
}
