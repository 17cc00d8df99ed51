package io.minimalcluster.worker.launch;

/**
 * What a forked JVM may use at most.
 *
 * @param frameBytes how long a frame that it sends may be
 */
public record JvmLimits(long heapBytes, long metaspaceBytes, long directBytes, int frameBytes) {
    private static final long SMALLEST = 1024 * 1024;

    public JvmLimits {
        if (heapBytes < SMALLEST || metaspaceBytes < SMALLEST || directBytes < SMALLEST || frameBytes < 1) {
            throw new IllegalArgumentException("too small for a JVM: heap " + heapBytes + ", metaspace "
                    + metaspaceBytes + ", direct memory " + directBytes + ", frame " + frameBytes + " bytes");
        }
    }
}
