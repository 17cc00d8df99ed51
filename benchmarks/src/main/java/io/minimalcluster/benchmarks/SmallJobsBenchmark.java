package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.util.ArrayList;
import java.util.List;

/** No-op tasks, as one job and as one job each. */
final class SmallJobsBenchmark implements Benchmark {
    static final String NO_OPS = "10,000 no-op tasks as one job";
    static final String ONE = "one task";
    static final int TASKS = 10_000;
    static final int WARM_UP_ROUNDS = 10;
    static final int SINGLES = 200;
    static final int WARM_UP_JOBS = 2_000;

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        EnvironmentId code = work.load("long same(long x) { return x; }");
        Sampler.seconds(WARM_UP_ROUNDS, () -> noOpJobs(work, code));
        List<Double> noOps = Sampler.seconds(rounds, () -> noOpJobs(work, code));
        List<Measurement> measurements = new ArrayList<>(List.of(new Measurement(NO_OPS, "s", noOps, 0.10, 0.05)));
        Sampler.Action one = () -> work.one(code, "same", "1");
        Sampler.seconds(WARM_UP_JOBS, one);
        measurements.addAll(single(Sampler.seconds(rounds * SINGLES, one), 1));
        return measurements;
    }

    /**
     * The times of one task at a time, as percentiles of rounds. A last round that is not complete does not count,
     * unless it is the only one.
     *
     * @param seconds the times of all rounds, one after another
     * @param limits 1 for the limits of this project, NaN for none
     */
    static List<Measurement> single(List<Double> seconds, double limits) {
        List<Double> typical = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        int size = Math.clamp(seconds.size(), 1, SINGLES);
        for (int end = size; end <= seconds.size(); end += size) {
            List<Double> millis = seconds.subList(end - size, end).stream()
                    .map(each -> each * 1000)
                    .toList();
            typical.add(Sampler.percentile(millis, 50));
            slowest.add(Sampler.percentile(millis, 99));
        }
        return List.of(
                new Measurement(ONE + ", p50 of 200", "ms", typical, 3 * limits, 2 * limits),
                new Measurement(ONE + ", p99 of 200", "ms", slowest, 15 * limits, 15 * limits));
    }

    private static void noOpJobs(Workload work, EnvironmentId code) throws Exception {
        if (work.sum(code, "same", Arguments.range(0, TASKS)) != (TASKS - 1L) * TASKS / 2) {
            throw new IllegalStateException("the values are not those of the tasks");
        }
    }
}
