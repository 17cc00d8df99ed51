package io.minimalcluster.task.execute;

/**
 * Measures tasks without costing more than they do: each one while they are slow, and strides of more and more of them
 * together while those take well under 100 µs.
 */
final class TaskStopwatch {
    private static final long SHORT = 50_000;
    private static final long LONG = 200_000;
    private static final int LONGEST_STRIDE = 4096;

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

    /** A task is through; says whether its stride is. */
    boolean lap() {
        if (--left > 0) {
            return false;
        }
        read();
        return true;
    }

    private void read() {
        long now = System.nanoTime();
        long took = now - last;
        last = now;
        elapsed += took;
        if (took < SHORT) {
            stride = Math.min(2 * stride, LONGEST_STRIDE);
        } else if (took > LONG) {
            stride = Math.max(1, (int) (stride * SHORT / took));
        }
        left = stride;
    }

    /** Whether each task is measured. */
    boolean isExact() {
        return stride == 1;
    }

    /** All strides that are through, together. */
    long elapsed() {
        return elapsed;
    }
}
