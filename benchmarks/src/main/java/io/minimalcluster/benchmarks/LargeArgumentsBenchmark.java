package io.minimalcluster.benchmarks;

import io.minimalcluster.benchmarks.peer.PeerTask;
import io.minimalcluster.client.Arguments;
import io.minimalcluster.model.EnvironmentId;
import java.util.Collections;
import java.util.List;

/** Tasks with an argument of 100 KB and a small value: the way of bytes from the client to the executors. */
final class LargeArgumentsBenchmark implements Benchmark {
    static final String NAME = "2,000 arguments of 100 KB";
    static final int TASKS = 2_000;
    static final int WARM_UP_ROUNDS = 2;

    @Override
    public List<Measurement> measure(Workload work, int rounds) throws Exception {
        EnvironmentId code = work.load("int length(String text) { return text.length(); }");
        Arguments texts = new Arguments.Each(
                () -> Collections.nCopies(TASKS, PeerTask.TEXT).iterator(), false);
        Sampler.seconds(WARM_UP_ROUNDS, () -> run(work, code, texts));
        return List.of(new Measurement(
                NAME, "s", Sampler.seconds(rounds, () -> run(work, code, texts)), Double.NaN, Double.NaN));
    }

    private static void run(Workload work, EnvironmentId code, Arguments texts) throws Exception {
        if (work.sum(code, "length", texts) != (long) TASKS * PeerTask.TEXT.length()) {
            throw new IllegalStateException("the lengths are wrong");
        }
    }
}
