package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.launch.JvmLimits;
import io.minimalcluster.worker.launch.sandbox.ProcessLimits;
import java.time.Duration;

/**
 * The limits of an executor.
 *
 * @param memoryBytes the resident memory of the executor and its descendants, without shared files
 * @param maxOutputBytes the kept length of a task's output
 * @param maxResultBytes the longest result of a task on this worker
 * @param idle how long an executor is kept for another batch
 */
public record ExecutorLimits(
        long heapBytes,
        long metaspaceBytes,
        long directBytes,
        long memoryBytes,
        ProcessLimits processLimits,
        int maxOutputBytes,
        int maxResultBytes,
        Duration idle) {
    /** The allowance of a result part beside its largest result: other results, errors, output. */
    private static final int PART_BYTES = 16 * 1024 * 1024;

    public ExecutorLimits {
        if (maxOutputBytes < 0 || maxResultBytes < 1 || maxResultBytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "limits of executors: output " + maxOutputBytes + ", result " + maxResultBytes + " bytes");
        }
    }

    JvmLimits jvm() {
        return new JvmLimits(heapBytes, metaspaceBytes, directBytes, PART_BYTES + maxResultBytes, processLimits);
    }
}
