package io.minimalcluster.client.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.local.IsolationText;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Isolation;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void resultShowsEstimateDurationAndRate() {
        assertThat(new PiEstimate(785_398, 1_000_000, Duration.ofSeconds(2)))
                .hasToString("Pi is about 3.141592. 1,000,000 tasks ran and every value was read in 2.00 s:"
                        + " 500,000 tasks a second.");
    }

    @Test
    void weakestIsolationIsReported() {
        assertThat(IsolationText.describe(List.of(worker(Isolation.BUBBLEWRAP), worker(Isolation.PROCESS))))
                .startsWith("No sandbox works here");
        assertThat(IsolationText.describe(List.of(worker(Isolation.BUBBLEWRAP), worker(Isolation.BUBBLEWRAP))))
                .contains("sandbox");
        assertThat(IsolationText.describe(List.of(worker(Isolation.UID)))).contains("user id of their own");
    }

    private static WorkerView worker(Isolation isolation) {
        return new WorkerView(
                new WorkerId("worker-1"),
                "name",
                "host",
                1,
                1,
                0,
                WorkerState.ACTIVE,
                isolation,
                false,
                Map.of(),
                "0.1.0",
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                null,
                null);
    }
}
