package io.minimalcluster.worker.report.buffer;

/**
 * A bound on the bytes of unposted results of all batches. Threads that would exceed it block, so an unavailable master
 * costs a bounded amount of memory. Thread-safe.
 */
public final class UnpostedBytes {
    private final long limit;
    private long bytes;

    public UnpostedBytes(long limit) {
        this.limit = limit;
    }

    /** Adds bytes, and blocks while the limit is exceeded. An amount above the limit is added alone. */
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
