package io.minimalcluster.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

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

    /** Formats measurements as a Markdown table. */
    static String table(List<Measurement> measurements) {
        int width = measurements.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        String row = "| %-" + width + "s | %11s | %11s | %9s | %9s | %s |%n";
        String head = row.formatted("", "median", "best", "bar", "aim", "within");
        String rule = "|" + "-".repeat(width + 2) + "|" + "-:|".repeat(4) + "-|\n";
        return head + rule + measurements.stream().map(f -> f.formatted(row)).collect(Collectors.joining());
    }

    private String formatted(String row) {
        boolean hasLimit = !Double.isNaN(bar);
        return row.formatted(
                name,
                amount(median()),
                amount(best()),
                hasLimit ? amount(bar) : "",
                hasLimit ? amount(aim) : "",
                hasLimit ? isWithinBar() ? "yes" : "no" : "");
    }

    /** A value with the unit. */
    String amount(double value) {
        String digits = unit.equals("s") ? "%.3f" : unit.equals("ms") ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value) + " " + unit;
    }
}
