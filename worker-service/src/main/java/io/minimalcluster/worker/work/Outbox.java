package io.minimalcluster.worker.work;

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
final class Outbox {
    /** Bytes that make a post worth its while. */
    static final long ENOUGH = 1 << 20;

    private final Unposted unposted;
    private final Duration longestWait;
    private final Deque<Outcomes> waiting = new ArrayDeque<>();
    private long bytes;
    private long oldestSince;
    private boolean finished;
    private boolean dropped;

    /**
     * An empty one.
     *
     * @param longestWait how long an outcome waits for others to go with it
     */
    Outbox(Unposted unposted, Duration longestWait) {
        this.unposted = unposted;
        this.longestWait = longestWait;
    }

    /** Adds outcomes, waiting for room. */
    void add(Outcomes outcomes) throws InterruptedException {
        if (isDropped()) {
            return;
        }
        long more = outcomes.bytes();
        unposted.add(more);
        synchronized (this) {
            if (dropped || finished) {
                unposted.remove(more);
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
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Forgets what waits, and takes nothing more. */
    synchronized void drop() {
        dropped = true;
        waiting.clear();
        unposted.remove(bytes);
        bytes = 0;
        notifyAll();
    }

    synchronized boolean isDropped() {
        return dropped;
    }

    /** The next post, when it is worth its while or the last; empty when dropped. */
    synchronized Optional<Post> take() throws InterruptedException {
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

    private Post gather() {
        List<Outcomes> parts = new ArrayList<>();
        long size = 0;
        while (!waiting.isEmpty() && size < ENOUGH && (parts.isEmpty() || follows(parts.getLast()))) {
            Outcomes next = waiting.remove();
            parts.add(next);
            size += next.bytes();
        }
        bytes -= size;
        return new Post(parts, size, finished && waiting.isEmpty());
    }

    private boolean follows(Outcomes last) {
        return waiting.element().first() == last.end();
    }

    /** Says that a post is through, or given up. */
    void settled(Post post) {
        unposted.remove(post.bytes());
    }
}
