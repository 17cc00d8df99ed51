package io.minimalcluster.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Measures actions repeatedly. */
final class Sampler {
    /** A measured action. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private Sampler() {}

    static double seconds(Action action) throws Exception {
        long started = System.nanoTime();
        action.run();
        return (System.nanoTime() - started) / 1e9;
    }

    static List<Double> seconds(int rounds, Action action) throws Exception {
        List<Double> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            samples.add(seconds(action));
        }
        return samples;
    }

    /** The sample at a percentile. */
    static double percentile(List<Double> samples, int percent) {
        List<Double> sorted = samples.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
