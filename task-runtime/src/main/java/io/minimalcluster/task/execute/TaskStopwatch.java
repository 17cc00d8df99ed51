package io.minimalcluster.task.execute;

/**
 * A stopwatch with small overhead. It times slow tasks individually, and groups of fast tasks (strides) together. The
 * stride grows while it takes well under 100 µs.
 */
final class TaskStopwatch {
    private static final long SHORT = 50_000;
    private static final long LONG = 200_000;
    private static final int MAX_STRIDE = 4096;

    private int stride = 1;
    private int left = 1;
    private long last;
    private long elapsed;

    void start() {
        stride = 1;
        left = 1;
        elapsed = 0;
        last = System.nanoTime();
    }

    /** Records the end of a task; returns whether this ended the stride. */
    boolean lap() {
        if (--left > 0) {
            return false;
        }
        read();
        return true;
    }

    /** Whether the next {@link #lap} ends a stride. */
    boolean endsStride() {
        return left == 1;
    }

    private void read() {
        long now = System.nanoTime();
        long took = now - last;
        last = now;
        elapsed += took;
        if (took < SHORT) {
            stride = Math.min(2 * stride, MAX_STRIDE);
        } else if (took > LONG) {
            stride = Math.max(1, (int) (stride * SHORT / took));
        }
        left = stride;
    }

    /** Whether tasks are timed individually. */
    boolean isExact() {
        return stride == 1;
    }

    /** The total time of all finished strides in nanoseconds. */
    long elapsed() {
        return elapsed;
    }
}
