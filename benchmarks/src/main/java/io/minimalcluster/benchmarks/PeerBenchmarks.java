package io.minimalcluster.benchmarks;

import io.minimalcluster.benchmarks.peer.DriverConnection;
import io.minimalcluster.benchmarks.peer.PeerTask;
import io.minimalcluster.benchmarks.peer.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The workloads of the other benchmarks on another system, with the same names, warm-up and number of samples. */
final class PeerBenchmarks {
    private final DriverConnection driver;
    private final int rounds;

    PeerBenchmarks(DriverConnection driver, int rounds) {
        this.driver = driver;
        this.rounds = rounds;
    }

    List<Measurement> measure() throws IOException {
        List<Double> pi = run(PeerTask.POINTS, PeerTask.CHUNKS, PiBenchmark.WARM_UP_ROUNDS, rounds, 783_000, 788_000);
        List<Double> factorizations = run(
                PeerTask.FACTORS,
                FactorizationBenchmark.TASKS,
                FactorizationBenchmark.WARM_UP_ROUNDS,
                rounds,
                2_000,
                40_000);
        long sum = (SmallJobsBenchmark.TASKS - 1L) * SmallJobsBenchmark.TASKS / 2;
        List<Double> noOps =
                run(PeerTask.SAME, SmallJobsBenchmark.TASKS, SmallJobsBenchmark.WARM_UP_ROUNDS, rounds, sum, sum);
        List<Double> singles =
                run(PeerTask.SAME, 1, SmallJobsBenchmark.WARM_UP_JOBS, rounds * SmallJobsBenchmark.SINGLES, 0, 0);
        long lengths = (long) LargeArgumentsBenchmark.TASKS * PeerTask.TEXT.length();
        List<Double> texts = run(
                PeerTask.LENGTH,
                LargeArgumentsBenchmark.TASKS,
                LargeArgumentsBenchmark.WARM_UP_ROUNDS,
                rounds,
                lengths,
                lengths);
        List<Measurement> measurements = new ArrayList<>();
        measurements.add(unbounded(PiBenchmark.RANGE, pi));
        measurements.add(unbounded(PiBenchmark.LIST, pi));
        measurements.add(unbounded(FactorizationBenchmark.CLUSTER, factorizations));
        measurements.add(unbounded(SmallJobsBenchmark.NO_OPS, noOps));
        measurements.addAll(SmallJobsBenchmark.single(singles, Double.NaN));
        measurements.add(unbounded(LargeArgumentsBenchmark.NAME, texts));
        measurements.add(unbounded(ColdStartBenchmark.NAME, checked(driver.start(rounds), 0, 0)));
        return measurements;
    }

    private List<Double> run(PeerTask task, int arguments, int warmUpRounds, int samples, long min, long max)
            throws IOException {
        return checked(driver.run(task, arguments, warmUpRounds, samples), min, max);
    }

    private static List<Double> checked(List<Sample> samples, long min, long max) {
        for (Sample sample : samples) {
            if (sample.total() < min || sample.total() > max) {
                throw new IllegalStateException(sample.total() + " is not between " + min + " and " + max);
            }
        }
        return samples.stream().map(Sample::seconds).toList();
    }

    private static Measurement unbounded(String name, List<Double> seconds) {
        return new Measurement(name, "s", seconds, Double.NaN, Double.NaN);
    }
}
