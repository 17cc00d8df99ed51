package io.minimalcluster.worker.bundle;

/**
 * The limits of the bundle cache. Bundles in use are kept even beyond a limit.
 *
 * @param count of bundles on disk
 * @param bytes of all bundles on disk
 */
public record BundleLimits(int count, long bytes) {
    /** The default limits: 64 bundles and 2 GiB. */
    public static final BundleLimits DEFAULT = new BundleLimits(64, 2L << 30);

    public BundleLimits {
        if (count < 1 || bytes < 1) {
            throw new IllegalArgumentException("the limits of a bundle cache must be positive");
        }
    }
}
