package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.CommandLine;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the background cluster: {@code up}, {@code status} and {@code down}. */
class UpDownIT {
    private static final String HYPOT =
            Installation.HOME.resolve("examples/Hypot.java").toString();

    private final Folder folder = Folder.create("up");
    private final LauncherScript script = new LauncherScript(folder);

    @BeforeAll
    static void prepare() {
        ClassCacheTraining.once();
    }

    @AfterEach
    void clean() {
        script.stopCluster();
        folder.close();
    }

    private JsonNode status() {
        return Json.read(CommandLine.ended(0, Map.of("HOME", folder.path(".").toString()), "status", "--json"));
    }

    private void deleteRecordOfMaster() {
        try {
            Files.delete(folder.path(".minimalcluster/master.process"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<ProcessHandle> process(JsonNode status, String name) {
        return status.path("processes")
                .valueStream()
                .filter(process -> process.path("name").asString().equals(name))
                .map(process -> ProcessHandle.of(process.path("pid").asLong()))
                .findFirst()
                .orElseThrow();
    }

    private static List<ProcessHandle> services(JsonNode status) {
        return Stream.of("master", "worker-1")
                .map(name -> process(status, name).orElseThrow())
                .toList();
    }

    private static List<ProcessHandle> descendants(JsonNode status) {
        return services(status).stream().flatMap(ProcessHandle::descendants).toList();
    }

    @Test
    void clusterRestartsKilledProcessesAndRunsUntilDown() {
        assertThat(script.ended(0, "up", "--workers", "1", "--port", "0"))
                .contains(
                        "Starting the master ",
                        "Starting a worker ",
                        "A cluster is up at http://127.0.0.1:",
                        "2 workers")
                .containsPattern("Dashboard: http://127.0.0.1:\\d+/#code=[0-9a-f]{64}")
                .contains("What to try next")
                .doesNotContain("\033");

        JsonNode status = status();
        assertThat(status.path("workers").asInt()).isEqualTo(2);
        List<ProcessHandle> all = new ArrayList<>(services(status));

        assertThat(script.ended(0, "up")).contains("is up already").doesNotContain("Starting");
        assertThat(script.ended(4, "up", "--port", "1")).contains("is up already at http://127.0.0.1:");
        assertThat(status().path("processes")).isEqualTo(status.path("processes"));
        deleteRecordOfMaster(); // simulates a launcher killed before it wrote the record
        assertThat(script.ended(0, "up")).contains("is up already");
        assertThat(status().path("processes")).isEqualTo(status.path("processes"));
        assertThat(script.ended(0, "run", HYPOT, "-f", "hypotenuse", "--args", "[[3,4]]"))
                .contains("5.0");
        assertThat(script.ended(0, "values", "last")).contains("5.0");
        assertThat(script.ended(0, "status")).contains("master", "worker-1", "2 active", "0 running");

        all.addAll(descendants(status));
        assertKilledProcessesAreRestartedWithTheirData();
        all.addAll(services(status()));
        all.addAll(descendants(status()));

        assertThat(script.ended(0, "down")).contains("worker-1", "master", "has ended");

        Await.until("the end of all processes", () -> all.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(script.ended(4, "status")).contains("Nothing runs");
        assertThat(script.ended(0, "down")).contains("Nothing ran");
    }

    private void assertKilledProcessesAreRestartedWithTheirData() {
        String job = script.ended(0, "run", HYPOT, "-f", "hypotenuse", "--args", "[[5,12]]", "--json");
        String id = Json.read(job.lines()
                        .filter(line -> line.startsWith("{"))
                        .findFirst()
                        .orElseThrow())
                .path("job")
                .path("id")
                .asString();
        JsonNode before = status();
        process(before, "worker-1").orElseThrow().destroyForcibly();
        process(before, "master").orElseThrow().destroyForcibly();
        Await.until("the end of the master", () -> script.ended(4, "status").contains("has ended by itself"));

        assertThat(script.ended(0, "up", "--port", "0")).contains("A cluster is up at", "2 workers");

        assertThat(script.ended(0, "values", id)).contains("13.0");
        assertThat(process(status(), "worker-1")).isNotEqualTo(process(before, "worker-1"));
    }

    @Test
    void portInUseIsReportedInOneLine() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(script.ended(4, "up", "--port", Integer.toString(other.getLocalPort())))
                    .contains("port " + other.getLocalPort() + " is taken", "--port")
                    .doesNotContain("\tat ");
        }
        assertThat(Files.exists(folder.path(".minimalcluster/master.process"))).isFalse();
    }
}
