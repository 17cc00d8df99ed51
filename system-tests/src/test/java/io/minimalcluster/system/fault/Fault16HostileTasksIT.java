package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.UseShared;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Hostile tasks under bubblewrap: a fork bomb, 10,000 threads, endless output, full /tmp and /dev/shm, an orphan
 * process ({@code setsid}), and a shutdown hook that never ends. Checks that each fails at most its own task (I3, I7),
 * that the next job runs (I6), and that no process or file is left (I10).
 */
@Tag("faults")
@UseShared(Cluster.class)
@EnabledOnOs(value = OS.LINUX, disabledReason = "bubblewrap exists on Linux only")
class Fault16HostileTasksIT {
    private static final String HOSTILE = """
            String hostile(String kind) throws Exception {
                switch (kind) {
                    case "forks" -> {
                        new ProcessBuilder("sh", "-c", "b() { b | b & }; b").start();
                        while (true) Thread.sleep(100);
                    }
                    case "threads" -> {
                        for (int i = 0; i < 10_000; i++) {
                            Thread.ofPlatform().daemon().start(() -> { while (true) java.util.concurrent.locks.LockSupport.park(); });
                        }
                        return "all";
                    }
                    case "prints" -> { while (true) System.out.println("y".repeat(1000)); }
                    case "floods" -> {
                        var out = new FileOutputStream(FileDescriptor.err);
                        while (true) out.write("y".repeat(1000).getBytes());
                    }
                    case "tmp" -> { return fill("/tmp"); }
                    case "shm" -> { return fill("/dev/shm"); }
                    case "hook" -> {
                        Runtime.getRuntime().addShutdownHook(new Thread(() -> { while (true) Thread.onSpinWait(); }));
                        System.exit(0);
                    }
                    case "orphan" -> {
                        new ProcessBuilder("setsid", "sleep", "98765").start();
                        Runtime.getRuntime().halt(1);
                    }
                    default -> throw new IllegalArgumentException(kind);
                }
                return "?";
            }

            String fill(String folder) {
                long written = 0;
                for (int file = 0; file < 100; file++) {
                    try (var out = new FileOutputStream(folder + "/fill-" + file)) {
                        byte[] block = new byte[1 << 20];
                        for (int i = 0; i < 60; i++) {
                            out.write(block);
                            written += block.length;
                        }
                    } catch (IOException full) {
                        return "full after " + (written >> 20) + " MiB";
                    }
                }
                return "never full";
            }
            """;

    private final Api api;
    private final Cluster cluster;

    Fault16HostileTasksIT(Cluster cluster) {
        this.cluster = cluster;
        this.api = cluster.api();
    }

    private JsonNode outcome(String kind) {
        String job =
                api.start(HOSTILE, "hostile", "[\"" + kind + "\"]", "{\"taskTimeoutSeconds\":4,\"maxAttempts\":1}");
        api.ended(job);
        return api.get("/jobs/" + job + "/tasks/0").expect(200).json();
    }

    private void expectTheNextJobToRun() {
        assertThat(api.run("int next(int x) { return x; }", "next", "[1,2,3,4,5,6,7,8]"))
                .isEqualTo("[1,2,3,4,5,6,7,8]");
        assertThat(api.get("/workers").json().path("items"))
                .filteredOn(worker -> worker.path("state").asString().equals("ACTIVE"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"forks,timeout", "threads,exception", "prints,timeout", "floods,crash", "hook,crash", "orphan,crash"})
    void hostileTaskFailsAndTheNextJobRuns(String hostile, String kind) {
        JsonNode outcome = outcome(hostile);

        assertThat(outcome.path("error").path("kind").asString())
                .as(outcome.toString())
                .isEqualTo(kind);
        expectTheNextJobToRun();
    }

    @ParameterizedTest
    @CsvSource({"tmp", "shm"})
    void temporaryFoldersHaveALimitedSize(String folder) {
        assertThat(outcome(folder).path("value").asString()).startsWith("full after ");
        expectTheNextJobToRun();
    }

    @Test
    void descendantsOfTasksAreKilled() {
        outcome("orphan");
        outcome("forks");

        Await.until(
                "the end of the descendants",
                () -> ProcessHandle.allProcesses().noneMatch(Fault16HostileTasksIT::isDescendantOfATask));
        assertThat(cluster.processes()).hasSizeLessThan(100);
    }

    private static boolean isDescendantOfATask(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(words -> Arrays.asList(words).contains("98765")
                        || Arrays.asList(words).contains("b() { b | b & }; b"))
                .orElse(false);
    }
}
