package io.minimalcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRunsTest {
    private static final Measurement ONE = new Measurement("one", "s", List.of(1.0), Double.NaN, Double.NaN);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void systemsFollowOneThatFails() {
        PeerRuns runs = PeerRuns.of(
                List.of(PeerSystem.values()),
                PeerRunsTest::measure,
                new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(runs.measured()).containsOnlyKeys("Spark").containsValue(List.of(ONE));
        assertThat(runs.failed()).containsExactly(PeerSystem.HAZELCAST, PeerSystem.IGNITE);
        assertThat(printed.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isEmpty()))
                .containsExactly(
                        "measuring Hazelcast",
                        "Hazelcast failed: no network",
                        "measuring Ignite",
                        "Ignite failed: wrong value",
                        "measuring Spark");
    }

    private static List<Measurement> measure(PeerSystem system) throws IOException {
        return switch (system) {
            case HAZELCAST -> throw new IOException("no network");
            case IGNITE -> throw new IllegalStateException("wrong value");
            case SPARK -> List.of(ONE);
        };
    }
}
