package io.minimalcluster.micro;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The command {@code bench --micro}: runs the benchmarks of this package with JMH and prints a table. */
public final class MicroBenchmarks {
    private static final String USAGE = "usage: bench --micro [--quick]";
    private static final OutputFormat SILENT = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);

    private MicroBenchmarks() {}

    public static void main(String[] args) throws RunnerException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> words = List.of(args);
        if (!List.of("--micro", "--quick").containsAll(words)) {
            out.println(USAGE);
            System.exit(2);
        }
        Effort effort = words.contains("--quick") ? Effort.QUICK : Effort.FULL;
        out.println(effort);
        List<MicroMeasurement> measurements = new ArrayList<>();
        for (BenchmarkListEntry benchmark : BenchmarkList.defaultList().getAll(SILENT, List.of())) {
            out.println("measuring " + MicroMeasurement.shortName(benchmark.getUsername()));
            measurements.addAll(measure(benchmark.getUsername(), effort));
        }
        out.println();
        out.print(MicroMeasurement.table(measurements));
    }

    private static List<MicroMeasurement> measure(String benchmark, Effort effort) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("^" + Pattern.quote(benchmark) + "$")
                        .forks(effort.jvms)
                        .warmupIterations(effort.warmUps)
                        .warmupTime(ITERATION)
                        .measurementIterations(effort.iterations)
                        .measurementTime(ITERATION)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run().stream().map(MicroMeasurement::of).toList();
    }

    /** The number of JVMs for each benchmark, and of iterations in each. */
    private enum Effort {
        FULL(3, 6, 7),
        QUICK(1, 4, 5);

        private final int jvms;
        private final int warmUps;
        private final int iterations;

        Effort(int jvms, int warmUps, int iterations) {
            this.jvms = jvms;
            this.warmUps = warmUps;
            this.iterations = iterations;
        }

        @Override
        public String toString() {
            return "%d JVMs for each benchmark, %d iterations of %s in each, after %d for warm-up"
                    .formatted(jvms, iterations, ITERATION, warmUps);
        }
    }
}
