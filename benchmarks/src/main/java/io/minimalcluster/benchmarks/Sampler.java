package io.minimalcluster.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Repeats and measures. */
final class Sampler {
    /** What is measured. */
    @FunctionalInterface
    interface Deed {
        void run() throws Exception;
    }

    private Sampler() {}

    static double seconds(Deed deed) throws Exception {
        long started = System.nanoTime();
        deed.run();
        return (System.nanoTime() - started) / 1e9;
    }

    static List<Double> seconds(int rounds, Deed deed) throws Exception {
        List<Double> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            samples.add(seconds(deed));
        }
        return samples;
    }

    /** The sample below which so many percent of them are. */
    static double percentile(List<Double> samples, int percent) {
        List<Double> sorted = samples.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }
}
