package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.launch.JvmLimits;

/**
 * The limits of an executor.
 *
 * @param maxOutputBytes the kept length of a task's output
 * @param maxResultBytes the longest result of a task on this worker
 */
public record ExecutorLimits(long heapBytes, long metaspaceBytes, int maxOutputBytes, int maxResultBytes) {
    private static final long DIRECT_BYTES = 64L * 1024 * 1024;

    /** The allowance of a result part beside its largest result: other results, errors, output. */
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
