package io.minimalcluster.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.ClassCacheTraining;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.UseShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the launcher script on the packaged build: its help, its exit codes and the services that it starts. */
@UseShared(QuietMaster.class)
class LauncherIT {
    private static final Duration TIMEOUT = Await.LONG;

    private final Folder folder = Folder.create("launcher");
    private final LauncherScript script = new LauncherScript(folder);
    private final QuietMaster quiet;

    LauncherIT(QuietMaster quiet) {
        this.quiet = quiet;
    }

    @BeforeAll
    static void prepare() {
        ClassCacheTraining.once();
    }

    @AfterEach
    void close() {
        folder.close();
    }

    @Test
    void killedDemoStopsItsProcesses() {
        try (Program demo = script.launch("demo")) {
            Await.until("a master and a worker", TIMEOUT, () -> demo.output().contains("The master is at"));
            List<ProcessHandle> started = demo.descendants();
            assertThat(started).hasSizeGreaterThanOrEqualTo(2);

            demo.kill();

            Await.until(
                    "the end of its descendants",
                    TIMEOUT,
                    () -> started.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void helpListsCommandsAndExplainsOne() {
        assertThat(script.ended(0, "help"))
                .contains("demo", "test", "master", "worker", "load", "register", "run", "submit", "jobs", "values");
        assertThat(script.ended(0, "help", "run")).contains("--args-file=FILE", "Example:");
        assertThat(script.ended(0, "master", "--help"))
                .contains("--server.port=8080", "docs/settings.md", "./minimalcluster master ");
        assertThat(script.ended(0, "worker", "-h")).contains("--minimalcluster.master-url=http://localhost:8080");
        assertThat(script.ended(0, "--version"))
                .containsPattern("minimalcluster [0-9]+[.][0-9]+[.][0-9]+.*, Java 2[5-9]");
    }

    @Test
    void unknownCommandIsAUsageError() {
        assertThat(script.ended(2, "frobnicate")).contains("frobnicate").doesNotContain("did you mean");
        assertThat(script.ended(2, "stauts")).contains("did you mean status?");
    }

    @Test
    void benchRejectsWrongOptionsBeforeItBuilds() {
        for (String options : List.of("--slow", "--json", "--micro --peers", "--curves --json FILE")) {
            assertThat(script.ended(2, ("bench " + options).split(" ")))
                    .as(options)
                    .contains("usage: ./minimalcluster bench ")
                    .doesNotContain("building");
        }
    }

    @Test
    void rejectedCallExitsWithThree() throws IOException {
        Path key = Files.writeString(folder.path("key"), "not-a-key");

        script.ended(3, "jobs", "--url", quiet.url().toString(), "--key-file", key.toString());
    }

    @Test
    void unreachableMasterExitsWithFour() throws IOException {
        Path key = Files.writeString(folder.path("key"), "a-key");

        script.ended(4, "jobs", "--url", "http://127.0.0.1:1", "--key-file", key.toString());
    }

    @Test
    void foregroundMasterStopsOnSigterm() {
        Path data = folder.path("data");
        Program master = script.launch(
                "master",
                "--server.port=0",
                "--minimalcluster.data=" + data,
                "--minimalcluster.executor.minimum-isolation=process");
        try {
            Await.until("the master to answer", () -> {
                assertThat(master.isAlive()).as(master.tail()).isTrue();
                return Files.exists(data.resolve("master.url"));
            });

            master.terminate();

            assertThat(master.exitCode(TIMEOUT)).isIn(0, 143);
            assertThat(master.descendants()).isEmpty();
        } finally {
            master.close();
        }
    }

    @Test
    void collectorCanBeReplaced() {
        String variable = "MINIMALCLUSTER_MASTER_OPTS=";
        String show = " -XX:+PrintCommandLineFlags -version";
        String parallel = "-XX:+UseParallelGC";

        assertThat(script.ended(0, List.of(variable + show), "master")).contains("-XX:+UseSerialGC");
        assertThat(script.ended(0, List.of(variable + parallel + show), "master"))
                .contains(parallel)
                .doesNotContain("UseSerialGC");
        assertThat(script.ended(0, List.of(variable + show, "JAVA_TOOL_OPTIONS=" + parallel), "master"))
                .contains(parallel)
                .doesNotContain("UseSerialGC");
        assertThat(script.ended(0, List.of("JAVA_TOOL_OPTIONS=" + parallel), "--version"))
                .contains("minimalcluster");
    }

    @Test
    void misspeltSettingGetsASuggestion() {
        Program master = script.launch("master", "--server.port=0", "--minimalcluster.local-worker.enable=false");

        assertThat(master.exitCode(TIMEOUT)).isEqualTo(2);
        assertThat(master.output()).contains("minimalcluster.local-worker.enabled");
    }

    @Test
    void foregroundWorkerRunsAJobAndStopsOnSigterm() throws IOException {
        Path key = Files.writeString(folder.path("worker.key"), quiet.workerKey());
        try (Program worker = script.launch(
                "worker",
                quiet.url().toString(),
                "--key-file",
                key.toString(),
                "--slots=1",
                "--name",
                "it's a worker",
                "--label",
                "at=front",
                "--minimalcluster.executor.minimum-isolation=process")) {
            String job = quiet.alice()
                    .start(
                            "long square(long x) { return x * x; }",
                            "square",
                            "[1,2,3]",
                            "{\"requires\":{\"at\":\"front\"}}");
            assertThat(quiet.alice().values(job)).isEqualTo("[1,4,9]");
            assertThat(quiet.alice().get("/workers").text()).contains("it's a worker");

            worker.terminate();

            assertThat(worker.exitCode(TIMEOUT)).as(worker.tail()).isIn(0, 143);
            assertThat(worker.descendants()).isEmpty();
        }
    }
}
