package io.minimalcluster.benchmarks.ratio;

/**
 * Work for the cluster, and the loop that it is compared with.
 *
 * @param cluster runs the work on the cluster
 * @param loop runs the loop
 */
public record RatioWorkload(String name, Cost cluster, Cost loop) {
    /** Runs something once and returns its CPU seconds. */
    @FunctionalInterface
    public interface Cost {
        double measure() throws Exception;
    }
}
