package io.minimalcluster.benchmarks;

import io.minimalcluster.benchmarks.peer.DriverConnection;
import io.minimalcluster.benchmarks.peer.PeerTask;
import io.minimalcluster.benchmarks.peer.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The workloads of the other benchmarks on another system, with the same names. Warm-up and number of samples are the
 * same too, unless the system is so slow that its driver ends them early.
 */
final class PeerBenchmarks {
    private final DriverConnection driver;
    private final int rounds;

    PeerBenchmarks(DriverConnection driver, int rounds) {
        this.driver = driver;
        this.rounds = rounds;
    }

    /** @throws IOException if a workload fails, whose name is in the message */
    List<Measurement> measure() throws IOException {
        List<Double> pi =
                run(PiBenchmark.RANGE, PeerTask.POINTS, PeerTask.CHUNKS, PiBenchmark.WARM_UP_ROUNDS, 783_000, 788_000);
        List<Double> factorizations = run(
                FactorizationBenchmark.CLUSTER,
                PeerTask.FACTORS,
                FactorizationBenchmark.TASKS,
                FactorizationBenchmark.WARM_UP_ROUNDS,
                FactorizationBenchmark.FACTORS,
                FactorizationBenchmark.FACTORS);
        long sum = (SmallJobsBenchmark.TASKS - 1L) * SmallJobsBenchmark.TASKS / 2;
        List<Double> noOps = run(
                SmallJobsBenchmark.NO_OPS,
                PeerTask.SAME,
                SmallJobsBenchmark.TASKS,
                SmallJobsBenchmark.WARM_UP_ROUNDS,
                sum,
                sum);
        List<Double> singles = checked(
                SmallJobsBenchmark.ONE,
                () -> driver.run(
                        PeerTask.SAME, 1, SmallJobsBenchmark.WARM_UP_JOBS, rounds * SmallJobsBenchmark.SINGLES),
                0,
                0);
        long lengths = (long) LargeArgumentsBenchmark.TASKS * PeerTask.TEXT.length();
        List<Double> texts = run(
                LargeArgumentsBenchmark.NAME,
                PeerTask.LENGTH,
                LargeArgumentsBenchmark.TASKS,
                LargeArgumentsBenchmark.WARM_UP_ROUNDS,
                lengths,
                lengths);
        List<Double> starts = checked(ColdStartBenchmark.NAME, () -> driver.start(rounds), 0, 0);
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(unbounded(PiBenchmark.RANGE, pi));
        measurements.add(unbounded(PiBenchmark.LIST, pi));
        measurements.add(unbounded(FactorizationBenchmark.CLUSTER, factorizations));
        measurements.add(unbounded(SmallJobsBenchmark.NO_OPS, noOps));
        measurements.addAll(SmallJobsBenchmark.single(singles, Double.NaN));
        measurements.add(unbounded(LargeArgumentsBenchmark.NAME, texts));
        measurements.add(unbounded(ColdStartBenchmark.NAME, starts));
        return measurements;
    }

    private List<Double> run(String name, PeerTask task, int arguments, int warmUpRounds, long min, long max)
            throws IOException {
        return checked(name, () -> driver.run(task, arguments, warmUpRounds, rounds), min, max);
    }

    /** A workload on the other system. */
    @FunctionalInterface
    private interface Run {
        List<Sample> samples() throws IOException;
    }

    private static List<Double> checked(String name, Run run, long min, long max) throws IOException {
        List<Double> seconds = new ArrayList<>();
        try {
            for (Sample sample : run.samples()) {
                if (sample.total() < min || sample.total() > max) {
                    throw new IOException(sample.total() + " is not between " + min + " and " + max);
                }
                seconds.add(sample.seconds());
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
        return seconds;
    }

    private static Measurement unbounded(String name, List<Double> seconds) {
        return new Measurement(name, "s", seconds, Double.NaN, Double.NaN);
    }
}
