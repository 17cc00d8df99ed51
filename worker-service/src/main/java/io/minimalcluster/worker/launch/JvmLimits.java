package io.minimalcluster.worker.launch;

import io.minimalcluster.worker.launch.sandbox.ProcessLimits;

/**
 * The limits of a forked JVM.
 *
 * @param frameBytes the longest frame it may send
 */
public record JvmLimits(
        long heapBytes, long metaspaceBytes, long directBytes, int frameBytes, ProcessLimits processLimits) {
    private static final long MIN_BYTES = 1024 * 1024;

    /** Creates limits of a JVM with the default limits of its process. */
    public JvmLimits(long heapBytes, long metaspaceBytes, long directBytes, int frameBytes) {
        this(heapBytes, metaspaceBytes, directBytes, frameBytes, ProcessLimits.DEFAULT);
    }

    public JvmLimits {
        if (heapBytes < MIN_BYTES || metaspaceBytes < MIN_BYTES || directBytes < MIN_BYTES || frameBytes < 1) {
            throw new IllegalArgumentException("too small for a JVM: heap " + heapBytes + ", metaspace "
                    + metaspaceBytes + ", direct memory " + directBytes + ", frame " + frameBytes + " bytes");
        }
    }
}
