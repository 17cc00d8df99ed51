package io.minimalcluster.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.worker.fake.FakeBatch;
import io.minimalcluster.worker.fake.FakeMaster;
import io.minimalcluster.worker.fake.FakeTasks;
import io.minimalcluster.worker.launch.RunningProcesses;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(180)
class WorkerProcessIT {
    private static final int TERMINATED = 143;
    private static final int MOST_CLASSES = 6_500;

    private FakeMaster master;

    @TempDir
    private Path folder;

    @BeforeEach
    void startMaster() throws IOException {
        master = FakeMaster.start();
        master.serveBundle(FakeTasks.bundle());
    }

    @AfterEach
    void stopMaster() {
        master.close();
    }

    @Test
    void registersRunsAndDrainsOnTheFirstSignal() throws Exception {
        master.offer(FakeBatch.range("lease-1", 0, 5, 10, 1).calling(FakeTasks.SQUARE));
        try (WorkerProcess worker = WorkerProcess.start(master)) {
            master.events().await("done lease-1");
            assertThat(master.outcomes()).isEqualTo(Map.of(0L, "100", 1L, "121", 2L, "144", 3L, "169", 4L, "196"));
            master.offer(FakeBatch.range("lease-2", 10, 50, 1, 0).calling(FakeTasks.PAUSE));
            master.events().await("handed out lease-2");
            master.awaitHeartbeatOfRunningTask("lease-2");
            worker.awaitLine("event=registration.accepted");
            List<ProcessHandle> executors = worker.children();
            assertThat(executors).isNotEmpty();
            worker.terminate();
            assertThat(worker.exit()).isEqualTo(TERMINATED);
            assertThat(master.events().all()).containsSubsequence("handed out lease-2", "done lease-2", "left");
            assertThat(master.outcomes().keySet()).contains(10L).doesNotContain(40L);
            assertEnded(executors);
            assertThat(worker.lines()).allMatch(line -> line.contains("event=")).hasSizeLessThan(10);
        }
    }

    @Test
    void secondSignalHaltsTheProcess() throws Exception {
        master.offer(FakeBatch.range("lease-1", 0, 1, 3600, 1).calling(FakeTasks.PAUSE));
        try (WorkerProcess worker = WorkerProcess.start(master)) {
            master.awaitHeartbeatOfRunningTask("lease-1");
            List<ProcessHandle> executors = worker.children();
            worker.terminate();
            worker.awaitLine("event=worker.draining");
            worker.terminate();
            assertThat(worker.exit()).isEqualTo(TERMINATED);
            assertThat(master.events().all()).doesNotContain("done lease-1");
            assertEnded(executors);
        }
    }

    @Test
    void wrongKeyIsLoggedInOneLineAndEndsTheProcess() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(master.address(), "a-wrong-key")) {
            assertThat(worker.exit()).isEqualTo(2);
            assertThat(worker.lines()).filteredOn(line -> line.contains("401")).hasSize(1);
            assertThat(String.join("", worker.lines())).doesNotContain("a-wrong-key");
        }
    }

    @Test
    void waitsForAMissingKeyFile() throws Exception {
        Path file = folder.resolve("worker.key");
        try (WorkerProcess worker =
                WorkerProcess.start(master.address(), "", "--minimalcluster.authkey-file=" + file)) {
            worker.awaitLine("no key can be read from " + file);
            Files.writeString(file, FakeMaster.KEY);
            master.events().await("registered worker-1");
        }
    }

    @Test
    void unavailableMasterIsLoggedOnceAndRetried() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI unusedAddress = URI.create("http://127.0.0.1:" + port);
        try (WorkerProcess worker = WorkerProcess.start(unusedAddress, FakeMaster.KEY)) {
            worker.awaitLine("event=master.unreachable");
            worker.terminate();
            worker.exit();
            assertThat(worker.lines())
                    .filteredOn(line -> line.contains("master.unreachable"))
                    .hasSize(1);
        }
    }

    @Test
    void refusesAMisspeltSetting() throws Exception {
        try (WorkerProcess worker = WorkerProcess.start(master, "--minimalcluster.worker.slot=2")) {
            assertThat(worker.exit()).isEqualTo(2);
            assertThat(worker.lines()).singleElement().asString().contains("minimalcluster.worker.slots");
        }
    }

    @Test
    void startLoadsFewClassesAndOnlyHealthIsPublic() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (WorkerProcess worker = WorkerProcess.start(master, "--server.port=" + port)) {
            worker.awaitLine("event=actuator.listening port=" + port);
            worker.awaitLine("event=registration.accepted");
            URI base = URI.create("http://127.0.0.1:" + port + "/");
            String classes = get(base.resolve("actuator/metrics/jvm.classes.loaded"), FakeMaster.KEY)
                    .body();
            assertThat(new JsonMapper()
                            .readTree(classes)
                            .at("/measurements/0/value")
                            .asInt())
                    .as("each class costs CPU time at each start (docs/decisions/0023): %s", classes)
                    .isBetween(1, MOST_CLASSES);
            assertThat(get(base.resolve("actuator/health"), null).body())
                    .contains("\"status\":\"UP\"")
                    .doesNotContain("details");
            assertThat(get(base.resolve("actuator/health/liveness"), null).statusCode())
                    .isEqualTo(200);
            assertThat(get(base.resolve("actuator/metrics"), FakeMaster.KEY).statusCode())
                    .isEqualTo(200);
            for (String path : List.of("actuator/metrics", "actuator", "actuator/env", "", "error", "x")) {
                HttpResponse<String> refused = get(base.resolve(path), null);
                assertThat(refused.statusCode()).as(path).isEqualTo(401);
                assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(get(base.resolve(path), "wrong").statusCode()).isEqualTo(401);
            }
        }
    }

    private static HttpResponse<String> get(URI uri, @Nullable String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static void assertEnded(List<ProcessHandle> executors) {
        executors.forEach(RunningProcesses::awaitEnd);
    }
}
