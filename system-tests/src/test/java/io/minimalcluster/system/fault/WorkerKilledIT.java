package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.SharedProcesses;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedProcesses.class)
class WorkerKilledIT {
    private final Cluster cluster;
    private final Api api;

    WorkerKilledIT(Cluster cluster) {
        this.cluster = cluster;
        this.api = cluster.api();
    }

    @Test
    void theJobIsDoneByOthersAndNoProcessIsLeft() {
        try (WorkerProcess victim =
                WorkerProcess.start(cluster.master(), "victim", "--minimalcluster.worker.slots=2")) {
            String job = api.start(
                    "long slow(long x) throws InterruptedException { Thread.sleep(20); return x; }",
                    "slow",
                    "{\"range\":{\"from\":0,\"to\":600}}",
                    "{\"batchSize\":20}");
            Await.until("work of the victim", () -> victim.view().path("busy").asInt() == 2);
            Await.until("executors", () -> victim.program().descendants().size() >= 2);
            List<ProcessHandle> executors = victim.program().descendants();

            victim.program().kill();

            Await.until(
                    "the end of the executors",
                    Duration.ofSeconds(10),
                    () -> executors.stream().noneMatch(ProcessHandle::isAlive));
            JsonNode ended = api.ended(job);
            assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("tasks").path("succeeded").asLong()).isEqualTo(600);
            JsonNode values = api.get("/jobs/" + job + "/values").expect(200).json();
            for (int i = 0; i < 600; i++) {
                assertThat(values.get(i).asLong(-1)).isEqualTo(i);
            }
            assertThat(victim.view().path("state").asString()).isIn("SILENT", "LOST");
        }
    }
}
