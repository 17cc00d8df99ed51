package io.minimalcluster.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Tests backup and restore as docs/operations.md describes them: a backup during a running job, and a second master on
 * the copy.
 */
@UseShared({QuietMaster.class, MasterProcess.class})
class BackupIT {
    private static final int TASKS = 2000;
    private static final String SLOW = """
            long slow(long x) throws InterruptedException { Thread.sleep(10); return x * x; }
            """;

    @Test
    void restoredBackupHasAcknowledgedResultsAndCompletesTheJob(MasterProcess master) throws IOException {
        try (Folder restored = Folder.create("restored")) {
            Api api = master.api();
            api.post("/cluster/local-worker", "").expect(200);
            String done = api.start("int quick(int x) { return x; }", "quick", "[1,2,3]");
            api.ended(done);
            String running = api.start(SLOW, "slow", "{\"range\":{\"from\":0,\"to\":" + TASKS + "}}");
            Await.until("results", () -> succeeded(api, running) > 50);
            String recorded = log(api, running);

            JsonNode backup = api.post("/cluster/backup", "").expect(201).json();

            long before = succeeded(api, running);
            Await.until("results after it", () -> succeeded(api, running) > before);
            Path file = Path.of(backup.path("file").asString());
            assertThat(file).startsWith(master.data().toRealPath().resolve("backups"));
            assertThat(Files.size(file)).isEqualTo(backup.path("bytes").asLong());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
            api.post("/jobs/" + running + "/cancel", "").expect(200);
            api.delete("/cluster/local-worker").expect(204);

            Path data = Files.createDirectories(restored.path("data"));
            Files.copy(file, data.resolve("minimalcluster.db"));
            Files.copy(master.data().resolve("authkey"), data.resolve("authkey"));
            Files.copy(master.data().resolve("worker.key"), data.resolve("worker.key"));
            try (MasterProcess second = MasterProcess.startIn(data, "--minimalcluster.local-worker.slots=1")) {
                assertThat(second.api().values(done)).isEqualTo("[1,2,3]");
                assertThat(log(second.api(), running)).startsWith(recorded);
                assertThat(second.api().values(running)).isEqualTo(squares());
                assertThat(log(second.api(), running)).startsWith(recorded);
            }
        }
    }

    @Test
    void onlyTheNewestBackupsAreKept(QuietMaster master) throws IOException {
        String first = backup(master);
        String second = backup(master);
        String third = backup(master);

        try (Stream<Path> files = Files.list(master.data().resolve("backups"))) {
            assertThat(files.map(Path::toString)).containsExactlyInAnyOrder(second, third);
        }
        assertThat(Path.of(first)).doesNotExist();
    }

    private static String backup(QuietMaster master) {
        return master.admin()
                .post("/cluster/backup", "")
                .expect(201)
                .json()
                .path("file")
                .asString();
    }

    private static String log(Api api, String job) {
        return api.get("/jobs/" + job + "/results?order=completion").expect(200).text();
    }

    private static long succeeded(Api api, String job) {
        return api.job(job).path("tasks").path("succeeded").asLong();
    }

    private static String squares() {
        return IntStream.range(0, TASKS)
                .mapToObj(i -> Long.toString((long) i * i))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
