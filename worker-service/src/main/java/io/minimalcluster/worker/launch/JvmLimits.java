package io.minimalcluster.worker.launch;

/**
 * The limits of a forked JVM.
 *
 * @param frameBytes the longest frame it may send
 */
public record JvmLimits(long heapBytes, long metaspaceBytes, long directBytes, int frameBytes) {
    private static final long MIN_BYTES = 1024 * 1024;

    public JvmLimits {
        if (heapBytes < MIN_BYTES || metaspaceBytes < MIN_BYTES || directBytes < MIN_BYTES || frameBytes < 1) {
            throw new IllegalArgumentException("too small for a JVM: heap " + heapBytes + ", metaspace "
                    + metaspaceBytes + ", direct memory " + directBytes + ", frame " + frameBytes + " bytes");
        }
    }
}
