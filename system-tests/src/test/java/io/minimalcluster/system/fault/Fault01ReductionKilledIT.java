package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kills the master during a reduction. */
@UseShared(MasterProcess.class)
class Fault01ReductionKilledIT {
    private static final String SOURCE = """
            long same(long x) { return x; }
            long add(long one, long other) throws InterruptedException {
                while (other %% 4096 == 1 && !Files.exists(Path.of(%s))) { Thread.sleep(20); }
                return one + other;
            }
            """;

    @Test
    void reductionContinuesAfterAKillWithTheSameResult(MasterProcess master) throws IOException {
        try (Folder folder = Folder.create("reduction");
                WorkerProcess worker =
                        WorkerProcess.start(master, "folds", TaskNotes.WRITABLE, "--minimalcluster.worker.slots=1")) {
            Path go = folder.path("go");
            Api api = master.api();
            String job = api.start(
                    SOURCE.formatted(Json.write(go.toString())),
                    "same",
                    "{\"range\":{\"from\":0,\"to\":40000}}",
                    "{\"reduce\":\"add\"}");
            Await.until(
                    "the folding",
                    () -> "its values are being reduced"
                            .equals(api.job(job).path("reason").asString("")));

            master.program().kill();
            Files.createFile(go);
            master.restart();

            JsonNode ended = master.api().ended(job);
            assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(ended.path("reduced").asLong()).isEqualTo(40000L * 39999 / 2);
            assertThat(worker.program().isAlive()).isTrue();
        }
    }
}
