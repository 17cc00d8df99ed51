package io.minimalcluster.benchmarks.ratio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The ratios of a workload in one or more attempts.
 *
 * @param ratios one ratio for each attempt
 * @param reference the recorded ratio
 */
public record RatioVerdict(String workload, List<Double> ratios, double reference) {
    public RatioVerdict {
        ratios = List.copyOf(ratios);
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("no attempt at " + workload);
        }
    }

    /** Whether every attempt is above the limit. */
    public boolean isWorse() {
        return best() > limit();
    }

    /** Adds the ratio of another attempt. */
    RatioVerdict with(double ratio) {
        List<Double> all = new ArrayList<>(ratios);
        all.add(ratio);
        return new RatioVerdict(workload, all, reference);
    }

    double best() {
        return Collections.min(ratios);
    }

    private double limit() {
        return ReferenceRatios.TOLERANCE * reference;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: CPU time of the cluster to that of the loop %s in %d attempts, limit %.2f, reference %.2f",
                workload,
                ratios.stream()
                        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                        .collect(Collectors.joining(", ")),
                ratios.size(),
                limit(),
                reference);
    }
}
