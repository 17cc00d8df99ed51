package io.minimalcluster.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The iterations of a benchmark in all its JVMs.
 *
 * @param operations the operations per second of each iteration
 * @param bytes the bytes per second of each iteration
 */
record MicroMeasurement(String name, List<Double> operations, List<Double> bytes) {
    MicroMeasurement {
        operations = operations.stream().sorted().toList();
        bytes = bytes.stream().sorted().toList();
        if (operations.isEmpty() || bytes.size() != operations.size()) {
            throw new IllegalArgumentException("nothing was measured for " + name);
        }
    }

    static MicroMeasurement of(RunResult run) {
        String full = run.getParams().getBenchmark();
        List<Double> operations = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        for (BenchmarkResult jvm : run.getBenchmarkResults()) {
            for (IterationResult iteration : jvm.getIterationResults()) {
                operations.add(iteration.getPrimaryResult().getScore());
                Result<?> volume =
                        Objects.requireNonNull(iteration.getSecondaryResults().get(Volume.NAME), full);
                bytes.add(volume.getScore());
            }
        }
        return new MicroMeasurement(shortName(full), operations, bytes);
    }

    /** The name of a benchmark without its class. */
    static String shortName(String full) {
        return full.substring(full.lastIndexOf('.') + 1);
    }

    /** The median time of an operation in microseconds. */
    double micros() {
        return 1e6 / median(operations);
    }

    /** The difference between the fastest and the slowest iteration in per cent of the median. */
    double spread() {
        return 100 * (operations.getLast() - operations.getFirst()) / median(operations);
    }

    double megabytesPerSecond() {
        return median(bytes) / 1e6;
    }

    /** Formats measurements as a Markdown table. */
    static String table(Collection<MicroMeasurement> measurements) {
        int width = measurements.stream().mapToInt(m -> m.name().length()).max().orElse(0);
        String row = "| %-" + width + "s | %12s | %8s | %8s |%n";
        return row.formatted("", "median", "spread", "MB/s")
                + "|" + "-".repeat(width + 2) + "|" + "-:|".repeat(3) + "\n"
                + measurements.stream()
                        .map(m -> row.formatted(
                                m.name(),
                                String.format(Locale.ROOT, "%,.1f µs", m.micros()),
                                String.format(Locale.ROOT, "%.0f %%", m.spread()),
                                String.format(Locale.ROOT, "%,.0f", m.megabytesPerSecond())))
                        .collect(Collectors.joining());
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
