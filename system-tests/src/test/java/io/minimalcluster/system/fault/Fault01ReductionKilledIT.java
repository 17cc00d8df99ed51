package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.WorkerProcess;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A master that is killed while values are folded. */
class Fault01ReductionKilledIT {
    private static final String SOURCE = """
            long same(long x) { return x; }
            long add(long one, long other) throws InterruptedException {
                if (other % 4096 == 1) { Thread.sleep(1000); }
                return one + other;
            }
            """;

    @Test
    void aReductionGoesOnAfterAKillAndGivesTheSame() {
        try (MasterProcess master = MasterProcess.start(
                        "--minimalcluster.local-worker.enabled=false",
                        "--minimalcluster.lease.duration=6s",
                        "--minimalcluster.lease.heartbeat=1s");
                WorkerProcess worker = WorkerProcess.start(master, "folds", "--minimalcluster.worker.slots=2")) {
            Api api = master.api();
            String job = api.start(SOURCE, "same", "{\"range\":{\"from\":0,\"to\":40000}}", "{\"reduce\":\"add\"}");
            Await.until(
                    "the folding",
                    () -> "reduces its values"
                            .equals(api.job(job).path("reason").asString("")));

            master.program().kill();
            master.restart();

            JsonNode ended = master.api().ended(job);
            assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("reduced").asLong()).isEqualTo(40000L * 39999 / 2);
            assertThat(worker.program().isAlive()).isTrue();
        }
    }
}
