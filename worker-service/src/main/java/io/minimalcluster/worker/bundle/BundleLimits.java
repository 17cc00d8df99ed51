package io.minimalcluster.worker.bundle;

/** How many bundles stay on disk, and how many bytes of them; those in use stay whatever it says. */
public record BundleLimits(int count, long bytes) {
    /** Enough for a few clients that take turns. */
    public static final BundleLimits DEFAULT = new BundleLimits(64, 2L << 30);

    public BundleLimits {
        if (count < 1 || bytes < 1) {
            throw new IllegalArgumentException("a cache of nothing");
        }
    }
}
