package io.minimalcluster.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The workloads of the other benchmarks on another system, with the same names, warm-up and number of samples. */
final class PeerBenchmarks {
    private final Launch launch;
    private final int rounds;

    PeerBenchmarks(Launch launch, int rounds) {
        this.launch = launch;
        this.rounds = rounds;
    }

    /** Starts a cluster of the other system. */
    @FunctionalInterface
    interface Launch {
        Peer start() throws Exception;
    }

    List<Measurement> measure() throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        try (Peer peer = launch.start()) {
            Sampler.Action pi = () -> check(peer.pointsInQuarterCircle(PiBenchmark.TASKS), 783_000, 788_000);
            List<Double> seconds = warm(PiBenchmark.WARM_UP_ROUNDS, pi);
            measurements.add(unbounded(PiBenchmark.RANGE, "s", seconds));
            measurements.add(unbounded(PiBenchmark.LIST, "s", seconds));
            measurements.add(unbounded(
                    FactorizationBenchmark.CLUSTER,
                    "s",
                    warm(
                            FactorizationBenchmark.WARM_UP_ROUNDS,
                            () -> check(peer.factorize(FactorizationBenchmark.TASKS), 2_000, 40_000))));
            long sum = (SmallJobsBenchmark.TASKS - 1L) * SmallJobsBenchmark.TASKS / 2;
            measurements.add(unbounded(
                    SmallJobsBenchmark.NO_OPS,
                    "s",
                    warm(10, () -> check(peer.sameOfEach(SmallJobsBenchmark.TASKS), sum, sum))));
            measurements.addAll(SmallJobsBenchmark.single(rounds, () -> check(peer.same(1), 1, 1), Double.NaN));
            long lengths = (long) LargeArgumentsBenchmark.TASKS * LargeArgumentsBenchmark.TEXT.length();
            measurements.add(unbounded(
                    LargeArgumentsBenchmark.NAME,
                    "s",
                    warm(
                            2,
                            () -> check(
                                    peer.lengths(LargeArgumentsBenchmark.TASKS, LargeArgumentsBenchmark.TEXT),
                                    lengths,
                                    lengths))));
        }
        measurements.add(unbounded(ColdStartBenchmark.NAME, "s", Sampler.seconds(rounds, this::firstValue)));
        return measurements;
    }

    private void firstValue() throws Exception {
        try (Peer peer = launch.start()) {
            check(peer.same(1), 1, 1);
        }
    }

    private List<Double> warm(int warmUpRounds, Sampler.Action action) throws Exception {
        Sampler.seconds(warmUpRounds, action);
        return Sampler.seconds(rounds, action);
    }

    private static Measurement unbounded(String name, String unit, List<Double> samples) {
        return new Measurement(name, unit, samples, Double.NaN, Double.NaN);
    }

    private static void check(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalStateException(value + " is not between " + min + " and " + max);
        }
    }
}
