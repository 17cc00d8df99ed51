package io.minimalcluster.worker.report.buffer;

/**
 * How many bytes of results wait to be posted, of all batches together. Who would go over the limit waits, so that a
 * master that is slow or away costs the worker a bounded amount of memory. For many threads.
 */
public final class UnpostedBytes {
    private final long limit;
    private long bytes;

    public UnpostedBytes(long limit) {
        this.limit = limit;
    }

    /** Waits for room; what is larger than all the room there is gets it alone. */
    synchronized void add(long more) throws InterruptedException {
        while (bytes > 0 && bytes + more > limit) {
            wait();
        }
        bytes += more;
    }

    synchronized void remove(long fewer) {
        bytes -= fewer;
        notifyAll();
    }
}
