package io.minimalcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;

import io.minimalcluster.benchmarks.peer.DriverConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PeerBenchmarksTest {
    private static final String ANSWERS = """
            785000:0.5
            6804:1.5
            49995000:0.25
            0:0.002 0:0.001
            200000000:2.5
            0:9.0
            """;

    private final StringWriter requests = new StringWriter();

    @Test
    void workloadsOfThisProjectAreMeasured() throws IOException {
        assertThat(benchmarks(ANSWERS).measure())
                .extracting(Measurement::name, Measurement::median)
                .containsExactly(
                        tuple(PiBenchmark.RANGE, 0.5),
                        tuple(PiBenchmark.LIST, 0.5),
                        tuple(FactorizationBenchmark.CLUSTER, 1.5),
                        tuple(SmallJobsBenchmark.NO_OPS, 0.25),
                        tuple("one task, p50 of 200", 1.0),
                        tuple("one task, p99 of 200", 2.0),
                        tuple(LargeArgumentsBenchmark.NAME, 2.5),
                        tuple(ColdStartBenchmark.NAME, 9.0));
        assertThat(requests.toString().lines())
                .containsExactly(
                        "run POINTS 8 10 3",
                        "run FACTORS 2000 5 3",
                        "run SAME 10000 10 3",
                        "run SAME 1 2000 600",
                        "run LENGTH 2000 2 3",
                        "start 3");
    }

    @Test
    void wrongValuesAreRejected() {
        assertThatIOException()
                .isThrownBy(() ->
                        benchmarks(ANSWERS.replace("49995000", "49995001")).measure())
                .withMessage("10,000 no-op tasks as one job: 49995001 is not between 49995000 and 49995000");
    }

    @Test
    void failureNamesTheWorkload() {
        assertThatIOException()
                .isThrownBy(() -> benchmarks("785000:0.5\n! java.lang.IllegalStateException: broken\n")
                        .measure())
                .withMessage("2,000 factorizations on the cluster: java.lang.IllegalStateException: broken");
        assertThatIOException()
                .isThrownBy(() -> benchmarks("garbage\n").measure())
                .withMessageStartingWith("Pi, 10⁶ tasks from a range");
    }

    private PeerBenchmarks benchmarks(String answers) {
        return new PeerBenchmarks(new DriverConnection(new BufferedReader(new StringReader(answers)), requests), 3);
    }
}
