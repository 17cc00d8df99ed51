package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.launch.JvmLimits;

/**
 * What an executor may use at most.
 *
 * @param maxOutputBytes what of a task's output is kept
 * @param maxResultBytes how long a task's result may be on this worker
 */
public record ExecutorLimits(long heapBytes, long metaspaceBytes, int maxOutputBytes, int maxResultBytes) {
    private static final long DIRECT_BYTES = 64L * 1024 * 1024;

    /** What a part of results may have beside its largest result: other results, errors, output. */
    private static final int PART_BYTES = 16 * 1024 * 1024;

    public ExecutorLimits {
        if (maxOutputBytes < 0 || maxResultBytes < 1 || maxResultBytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "limits of executors: output " + maxOutputBytes + ", result " + maxResultBytes + " bytes");
        }
    }

    JvmLimits jvm() {
        return new JvmLimits(heapBytes, metaspaceBytes, DIRECT_BYTES, PART_BYTES + maxResultBytes);
    }
}
