package io.minimalcluster.benchmarks;

import java.util.List;

/**
 * A measurement with several samples; less is better.
 *
 * @param unit {@code s}, {@code ms}, or {@code ×} for a ratio
 * @param bar the limit for the median
 * @param aim the target for the median
 */
record Measurement(String name, String unit, List<Double> samples, double bar, double aim) {
    Measurement {
        samples = samples.stream().sorted().toList();
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured for " + name);
        }
    }

    double best() {
        return samples.getFirst();
    }

    double median() {
        int middle = samples.size() / 2;
        return samples.size() % 2 == 1 ? samples.get(middle) : (samples.get(middle - 1) + samples.get(middle)) / 2;
    }

    boolean isWithinBar() {
        return median() <= bar;
    }
}
