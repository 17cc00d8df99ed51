package io.minimalcluster.benchmarks;

import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A million tasks of well under a microsecond, from a range and from a list: the overhead per task. */
final class PiBenchmark implements Benchmark {
    static final String RANGE = "Pi, 10⁶ tasks from a range, all values read";
    static final String LIST = "Pi, 10⁶ tasks from a JSON list, all values read";
    static final int TASKS = 1_000_000;
    static final int WARM_UP_ROUNDS = 10;

    private final Path source;

    PiBenchmark(Path source) {
        this.source = source;
    }

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        EnvironmentId code = work.load(source);
        Arguments range = Arguments.range(0, TASKS);
        Arguments list = new Arguments.Json(
                LongStream.range(0, TASKS).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]")));
        Sampler.seconds(WARM_UP_ROUNDS, () -> estimate(work, code, range));
        List<Double> ranged = Sampler.seconds(rounds, () -> estimate(work, code, range));
        Sampler.seconds(WARM_UP_ROUNDS, () -> estimate(work, code, list));
        List<Double> listed = Sampler.seconds(rounds, () -> estimate(work, code, list));
        return List.of(new Measurement(RANGE, "s", ranged, 0.20, 0.11), new Measurement(LIST, "s", listed, 0.45, 0.25));
    }

    private static void estimate(Workload work, EnvironmentId code, Arguments arguments) throws Exception {
        double pi = 4.0 * work.sum(code, "inside", arguments) / TASKS;
        if (pi < 3.13 || pi > 3.15) {
            throw new IllegalStateException("Pi is not " + pi);
        }
    }
}
