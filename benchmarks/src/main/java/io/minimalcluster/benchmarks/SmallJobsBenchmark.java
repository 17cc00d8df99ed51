package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.util.ArrayList;
import java.util.List;

/** No-op tasks, as one job and as one job each. */
final class SmallJobsBenchmark implements Benchmark {
    static final String NO_OPS = "10,000 no-op tasks as one job";
    static final int TASKS = 10_000;

    private static final int SINGLES = 200;
    static final int WARM_UP_JOBS = 2_000;

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        EnvironmentId code = work.load("long same(long x) { return x; }");
        Sampler.seconds(10, () -> noOpJobs(work, code));
        List<Double> noOps = Sampler.seconds(rounds, () -> noOpJobs(work, code));
        List<Measurement> measurements = new ArrayList<>(List.of(new Measurement(NO_OPS, "s", noOps, 0.10, 0.05)));
        measurements.addAll(single(rounds, () -> work.one(code, "same", "1"), 1));
        return measurements;
    }

    /**
     * The time of one task at a time.
     *
     * @param limits 1 for the limits of this project, NaN for none
     */
    static List<Measurement> single(int rounds, Sampler.Action one, double limits) throws Exception {
        Sampler.seconds(WARM_UP_JOBS, one);
        List<Double> typical = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Double> millis = Sampler.seconds(SINGLES, one).stream()
                    .map(seconds -> seconds * 1000)
                    .toList();
            typical.add(Sampler.percentile(millis, 50));
            slowest.add(Sampler.percentile(millis, 99));
        }
        return List.of(
                new Measurement("one task, p50 of 200", "ms", typical, 3 * limits, 2 * limits),
                new Measurement("one task, p99 of 200", "ms", slowest, 15 * limits, 15 * limits));
    }

    private static void noOpJobs(Workload work, EnvironmentId code) throws Exception {
        if (work.sum(code, "same", Arguments.range(0, TASKS)) != (TASKS - 1L) * TASKS / 2) {
            throw new IllegalStateException("the values are not those of the tasks");
        }
    }
}
