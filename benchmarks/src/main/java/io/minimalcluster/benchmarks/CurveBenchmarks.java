package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import io.minimalcluster.model.job.JobOptions;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Curves: the cost of a job over the number of tasks, the size of arguments and the number of jobs in the store;
 * batches of adapted and of fixed sizes; and a small job beside a large one. Each point is the best of several runs,
 * except percentiles and the small jobs beside the large one.
 */
final class CurveBenchmarks {
    private static final int[] TASKS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};
    private static final int[] SIZES = {10, 100, 1_000, 10_000, 100_000, 1_000_000};
    private static final int VOLUME = 20_000_000;
    private static final int MAX_ARGUMENTS = 200_000;
    private static final int[] JOBS = {0, 1_000, 3_000, 10_000};
    private static final int ONE_TASK_JOBS = 200;
    private static final Integer[] BATCH_SIZES = {1, 3, 10, 30, 100, 1_000, 10_000};
    private static final int MAX_BATCHES = 2_000;
    private static final int BESIDE = 20_000_000;
    private static final int BESIDE_ROUNDS = 5;

    private static final String CODE = """
            long same(long x) { return x; }

            int length(String text) { return text.length(); }

            /** Works for a time in microseconds; every 100th task for 100 times of it. */
            long uneven(long i) { return i % 100 == 0 ? busy(100_000) : busy(1_000); }

            long micro(long i) { return busy(1); }

            long milli(long i) { return busy(1_000); }

            long tenth(long i) { return busy(100_000); }

            private long busy(long micros) {
                long end = System.nanoTime() + micros * 1_000;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                return micros;
            }
            """;

    private final Workload work;
    private final EnvironmentId code;
    private final int rounds;

    CurveBenchmarks(Workload work, int rounds) {
        this.work = work;
        this.code = work.load(CODE);
        this.rounds = rounds;
    }

    /** Measures all curves, in the order in which the store grows. */
    List<Curve> measure() throws Exception {
        Sampler.seconds(10, () -> work.sum(code, "same", Arguments.range(0, 100_000)));
        return List.of(jobs(), tasks(), sizes(), batches(), fairness());
    }

    private Curve tasks() throws Exception {
        Curve curve =
                new Curve("Tasks that return their argument, from a range, all values read", "tasks", "s", "µs a task");
        for (int tasks : TASKS) {
            double seconds = best(() -> work.sum(code, "same", Arguments.range(0, tasks)));
            curve.add(tasks, seconds, seconds / tasks * 1e6);
        }
        return curve;
    }

    private Curve sizes() throws Exception {
        Curve curve = new Curve("Arguments of a size", "bytes", "tasks", "s", "MB/s");
        for (int size : SIZES) {
            int tasks = Math.min(VOLUME / size, MAX_ARGUMENTS);
            Arguments texts = new Arguments.Each(
                    () -> Collections.nCopies(tasks, "x".repeat(size)).iterator(), false);
            double seconds = best(() -> work.sum(code, "length", texts));
            curve.add(size, tasks, seconds, (double) size * tasks / seconds / 1e6);
        }
        return curve;
    }

    private Curve jobs() throws Exception {
        Curve curve = new Curve("One task at a time, by the number of jobs in the store", "jobs", "p50 ms", "p99 ms");
        int stored = 0;
        Sampler.seconds(SmallJobsBenchmark.WARM_UP_JOBS, () -> work.one(code, "same", "1"));
        for (int jobs : JOBS) {
            for (; stored < jobs; stored++) {
                work.one(code, "same", "1");
            }
            List<Double> seconds = Sampler.seconds(ONE_TASK_JOBS, () -> work.one(code, "same", "1"));
            stored += ONE_TASK_JOBS;
            curve.add(
                    SmallJobsBenchmark.WARM_UP_JOBS + jobs,
                    Sampler.percentile(seconds, 50) * 1000,
                    Sampler.percentile(seconds, 99) * 1000);
        }
        return curve;
    }

    private Curve batches() throws Exception {
        Curve curve = new Curve(
                "Batches of adapted size against the best fixed size",
                "tasks",
                "s adapted",
                "s fixed",
                "best size",
                "ratio");
        batches(curve, "micro", 200_000);
        batches(curve, "milli", 4_000);
        batches(curve, "tenth", 60);
        batches(curve, "uneven", 2_000);
        return curve;
    }

    private void batches(Curve curve, String method, int tasks) throws Exception {
        double adapted = best(() -> timed(method, tasks, null));
        double fixed = Double.POSITIVE_INFINITY;
        int size = 0;
        for (Integer candidate : BATCH_SIZES) {
            if (candidate <= tasks && tasks / candidate <= MAX_BATCHES) {
                double seconds = best(() -> timed(method, tasks, candidate));
                if (seconds < fixed) {
                    fixed = seconds;
                    size = candidate;
                }
            }
        }
        curve.add(tasks + " × " + method, adapted, fixed, size, adapted / fixed);
    }

    private void timed(String method, int tasks, @Nullable Integer batchSize) throws Exception {
        JobOptions.Builder options = JobOptions.builder();
        if (batchSize != null) {
            options.batchSize(batchSize);
        }
        work.ended(code, method, Arguments.range(0, tasks), options.build());
    }

    private Curve fairness() throws Exception {
        Curve curve = new Curve("Ten tasks posted beside a job of " + BESIDE + " tasks", "run", "s");
        JobId large = work.submit(code, "micro", Arguments.range(0, BESIDE));
        try {
            for (int run = 1; run <= BESIDE_ROUNDS; run++) {
                curve.add(run, Sampler.seconds(() -> work.sum(code, "same", Arguments.range(0, 10))));
            }
        } finally {
            work.cancel(large);
        }
        return curve;
    }

    private double best(Sampler.Action action) throws Exception {
        return Collections.min(Sampler.seconds(rounds, action));
    }
}
