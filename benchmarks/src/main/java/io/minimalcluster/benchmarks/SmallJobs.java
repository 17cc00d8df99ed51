package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.util.ArrayList;
import java.util.List;

/** Tasks that do nothing: as one job, and each as a job of its own. */
final class SmallJobs implements Bench {
    private static final int TASKS = 10_000;
    private static final int SINGLES = 200;
    private static final int WARM = 2_000;

    @Override
    public List<Figure> measure(Work work, int rounds) throws Exception {
        EnvironmentId code = work.load("long same(long x) { return x; }");
        Samples.seconds(10, () -> noOps(work, code));
        List<Double> noOps = Samples.seconds(rounds, () -> noOps(work, code));
        Samples.seconds(WARM, () -> work.one(code, "same", "1"));
        List<Double> typical = new ArrayList<>();
        List<Double> slowest = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Double> millis = Samples.seconds(SINGLES, () -> work.one(code, "same", "1")).stream()
                    .map(seconds -> seconds * 1000)
                    .toList();
            typical.add(Samples.percentile(millis, 50));
            slowest.add(Samples.percentile(millis, 99));
        }
        return List.of(
                new Figure("10,000 no-op tasks as one job", "s", noOps, 0.10, 0.05),
                new Figure("one task, p50 of 200", "ms", typical, 3, 2),
                new Figure("one task, p99 of 200", "ms", slowest, 15, 15));
    }

    private static void noOps(Work work, EnvironmentId code) throws Exception {
        if (work.sum(code, "same", Arguments.range(0, TASKS)) != (TASKS - 1L) * TASKS / 2) {
            throw new IllegalStateException("the values are not those of the tasks");
        }
    }
}
