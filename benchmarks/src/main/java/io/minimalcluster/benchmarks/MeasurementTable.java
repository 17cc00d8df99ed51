package io.minimalcluster.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats measurements as a Markdown table. */
final class MeasurementTable {
    private MeasurementTable() {}

    static String of(List<Measurement> measurements) {
        int width = measurements.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        String head = ("| %-" + width + "s | %11s | %11s | %9s | %9s | %s |%n")
                .formatted("", "median", "best", "bar", "aim", "within");
        String rule = "|" + "-".repeat(width + 2) + "|" + "-:|".repeat(4) + "-|\n";
        return head + rule + measurements.stream().map(f -> row(f, width)).collect(Collectors.joining());
    }

    private static String row(Measurement measurement, int width) {
        boolean hasLimit = !Double.isNaN(measurement.bar());
        return ("| %-" + width + "s | %11s | %11s | %9s | %9s | %s |%n")
                .formatted(
                        measurement.name(),
                        amount(measurement.median(), measurement.unit()),
                        amount(measurement.best(), measurement.unit()),
                        hasLimit ? amount(measurement.bar(), measurement.unit()) : "",
                        hasLimit ? amount(measurement.aim(), measurement.unit()) : "",
                        hasLimit ? measurement.isWithinBar() ? "yes" : "no" : "");
    }

    private static String amount(double value, String unit) {
        String digits = unit.equals("s") ? "%.3f" : unit.equals("ms") ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value) + " " + unit;
    }
}
