package io.minimalcluster.worker.report.buffer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Outcomes of a batch that wait to be posted. What queues up while a post is under way goes out together. One thread
 * adds, one takes, any may finish, cut or drop; all state is guarded by the monitor.
 */
public final class ResultBuffer {
    /** Bytes that make a post worth its while. */
    static final long ENOUGH = 1 << 20;

    private final UnpostedBytes unpostedBytes;
    private final Duration longestWait;
    private final Deque<OutcomeRange> waiting = new ArrayDeque<>();
    private long bytes;
    private long oldestSince;
    private boolean finished;
    private boolean dropped;

    /**
     * An empty one.
     *
     * @param longestWait how long an outcome waits for others to go with it
     */
    public ResultBuffer(UnpostedBytes unpostedBytes, Duration longestWait) {
        this.unpostedBytes = unpostedBytes;
        this.longestWait = longestWait;
    }

    /** Adds outcomes, waiting for room. */
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
            if (bytes >= ENOUGH) {
                notifyAll(); // who takes looks every now and then anyway, and a wake-up for each part costs more
            }
        }
    }

    /** Says that nothing is added any more. */
    public synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Forgets what waits, and takes nothing more. */
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

    /** The next post, when it is worth its while or the last; empty when dropped. */
    public synchronized Optional<ResultPost> take() throws InterruptedException {
        while (!dropped && !isDue()) {
            wait(Math.max(1, longestWait.toMillis() / 2));
        }
        return dropped ? Optional.empty() : Optional.of(gather());
    }

    private boolean isDue() {
        return finished
                || bytes >= ENOUGH
                || (!waiting.isEmpty() && System.nanoTime() - oldestSince >= longestWait.toNanos() / 2);
    }

    private ResultPost gather() {
        List<OutcomeRange> parts = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && size < ENOUGH && (parts.isEmpty() || follows(parts.getLast()))) {
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

    /** Says that a post is through, or given up. */
    public void settled(ResultPost resultPost) {
        unpostedBytes.remove(resultPost.bytes());
    }
}
