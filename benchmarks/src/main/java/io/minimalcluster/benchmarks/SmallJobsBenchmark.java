package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.util.ArrayList;
import java.util.List;

/** No-op tasks, as one job and as one job each. */
final class SmallJobsBenchmark implements Benchmark {
    private static final int TASKS = 10_000;
    private static final int SINGLES = 200;
    private static final int WARM_UP_JOBS = 2_000;

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        EnvironmentId code = work.load("long same(long x) { return x; }");
        Sampler.seconds(10, () -> noOpJobs(work, code));
        List<Double> noOps = Sampler.seconds(rounds, () -> noOpJobs(work, code));
        Sampler.seconds(WARM_UP_JOBS, () -> work.one(code, "same", "1"));
        List<Double> typical = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Double> millis = Sampler.seconds(SINGLES, () -> work.one(code, "same", "1")).stream()
                    .map(seconds -> seconds * 1000)
                    .toList();
            typical.add(Sampler.percentile(millis, 50));
            slowest.add(Sampler.percentile(millis, 99));
        }
        return List.of(
                new Measurement("10,000 no-op tasks as one job", "s", noOps, 0.10, 0.05),
                new Measurement("one task, p50 of 200", "ms", typical, 3, 2),
                new Measurement("one task, p99 of 200", "ms", slowest, 15, 15));
    }

    private static void noOpJobs(Workload work, EnvironmentId code) throws Exception {
        if (work.sum(code, "same", Arguments.range(0, TASKS)) != (TASKS - 1L) * TASKS / 2) {
            throw new IllegalStateException("the values are not those of the tasks");
        }
    }
}
