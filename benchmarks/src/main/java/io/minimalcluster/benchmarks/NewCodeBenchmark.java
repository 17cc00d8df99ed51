package io.minimalcluster.benchmarks;

import io.minimalcluster.model.EnvironmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** New code: from the source to the first value. */
final class NewCodeBenchmark implements Benchmark {
    private static final int SOURCES = 10;

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        Sampler.seconds(SOURCES, () -> firstValue(work));
        List<Double> medians = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Double> seconds = Sampler.seconds(SOURCES, () -> firstValue(work));
            medians.add(Sampler.percentile(seconds, 50) * 1000);
        }
        return List.of(
                new Measurement("a new environment, from source to value, median of 10", "ms", medians, 400, 150));
    }

    private static void firstValue(Workload work) throws Exception {
        long summand = ThreadLocalRandom.current().nextLong(1L << 40);
        EnvironmentId code = work.load("long plus(long x) { return x + " + summand + "L; }");
        if (!work.one(code, "plus", "1").equals("[" + (summand + 1) + "]")) {
            throw new IllegalStateException("the value is not that of this source");
        }
    }
}
