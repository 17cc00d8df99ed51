package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks with some computation: the cluster in comparison with a plain loop with the same number of threads, measured
 * alternately.
 */
final class FactorizationBenchmark implements Benchmark {
    static final String CLUSTER = "2,000 factorizations on the cluster";
    static final int TASKS = 2_000;
    static final long FACTORS = 6_804;
    static final int WARM_UP_ROUNDS = 5;

    /** The length of the list of all factors as JSON, with a line end. */
    private static final long FACTORS_BYTES = 38_271;

    private final Path source;

    FactorizationBenchmark(Path source) {
        this.source = source;
    }

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        EnvironmentId code = work.load(source);
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            cluster(work, code);
            loop();
        }
        List<Double> loop = new ArrayList<>();
        List<Double> cluster = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            loop.add(Sampler.seconds(FactorizationBenchmark::loop));
            cluster.add(Sampler.seconds(() -> cluster(work, code)));
            ratios.add(cluster.getLast() / loop.getLast());
        }
        return List.of(
                new Measurement(CLUSTER, "s", cluster, Double.NaN, Double.NaN),
                new Measurement("2,000 factorizations in a plain two-thread loop", "s", loop, Double.NaN, Double.NaN),
                new Measurement("2,000 factorizations, cluster to loop", "×", ratios, 1.3, 1.1));
    }

    private static void cluster(Workload work, EnvironmentId code) throws Exception {
        expect(FACTORS_BYTES, work.length(code, "factors", Arguments.range(0, TASKS)));
    }

    private static void loop() throws Exception {
        expect(FACTORS, PlainLoopBaseline.factorize(TASKS));
    }

    private static void expect(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("the factorizations gave " + found + ", not " + expected);
        }
    }
}
