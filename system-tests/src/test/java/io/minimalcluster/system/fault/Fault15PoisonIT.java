package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Poison tasks: one poison task of each kind among 50 good tasks gives 50 values and one failure with its cause. Checks
 * that a poison task fails only itself after a bounded number of attempts (I3, I6, I7), and that a defective worker is
 * distinguished from defective code.
 */
@Tag("faults")
@UseShared(Cluster.class)
class Fault15PoisonIT {
    private static final int POISON = 25;
    private static final String POISONS = """
            int peril(String kind, int x) throws Exception {
                if (x != 25) {
                    return x;
                }
                switch (kind) {
                    case "exception" -> throw new IllegalStateException("boom " + x);
                    case "exit" -> System.exit(0);
                    case "halt" -> Runtime.getRuntime().halt(7);
                    case "heap" -> { var all = new ArrayList<long[]>(); while (true) all.add(new long[1 << 20]); }
                    case "array" -> { return new long[Integer.MAX_VALUE].length; }
                    case "direct" -> { var all = new ArrayList<Object>(); while (true) all.add(java.nio.ByteBuffer.allocateDirect(1 << 20)); }
                    case "classes" -> { var all = new ArrayList<Object>(); while (true) all.add(new Again().again()); }
                    case "pretend" -> throw new OutOfMemoryError("so I say");
                    case "native" -> corrupt();
                    case "loop" -> { while (true) Thread.onSpinWait(); }
                    case "stack" -> { return deep(x); }
                    case "garbage" -> { new FileOutputStream("/dev/fd/4").write("no frame at all".getBytes()); Thread.sleep(60_000); }
                    default -> throw new IllegalArgumentException(kind);
                }
                return -1;
            }

            int deep(int x) {
                return deep(x + 1) + 1;
            }

            void corrupt() throws Exception {
                var type = Class.forName("sun.misc.Unsafe");
                var field = type.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                type.getMethod("putLong", long.class, long.class).invoke(field.get(null), 1L, 1L);
            }

            static class Again extends ClassLoader {
                Object again() throws IOException {
                    try (var in = Again.class.getResourceAsStream("/" + Again.class.getName().replace('.', '/') + ".class")) {
                        byte[] code = in.readAllBytes();
                        return defineClass(null, code, 0, code.length);
                    }
                }
            }
            """;

    private final Api api;
    private final Cluster cluster;

    Fault15PoisonIT(Cluster cluster) {
        this.cluster = cluster;
        this.api = cluster.api();
    }

    private static String arguments(String kind) {
        StringBuilder all = new StringBuilder("[");
        for (int x = 0; x <= 50; x++) {
            all.append(x == 0 ? "" : ",")
                    .append("[\"")
                    .append(kind)
                    .append("\",")
                    .append(x)
                    .append(']');
        }
        return all.append(']').toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exception | exception     | boom 25",
                "exit      | crash         | the task ended the process with exit code 0",
                "halt      | crash         | the process ended with exit code 7",
                "heap      | out-of-memory | Java heap space",
                "array     | out-of-memory | Requested array size",
                "direct    | out-of-memory | direct buffer memory",
                "classes   | out-of-memory | Metaspace",
                "pretend   | out-of-memory | so I say",
                "native    | crash         | SIGSEGV",
                "loop      | timeout       | it ran longer than 3 s",
                "stack     | exception     | ",
                "garbage   | crash         | the process was ended: it sent",
            })
    void poisonTaskFailsOnlyItself(String poison, String kind, @org.jspecify.annotations.Nullable String message) {
        int limit = poison.equals("loop") ? 3 : 120; // all other kinds must end by themselves, also on a slow machine
        String job = api.start(
                POISONS, "peril", arguments(poison), "{\"taskTimeoutSeconds\":" + limit + ",\"maxAttempts\":1}");

        JsonNode ended = api.ended(job);

        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("tasks").path("succeeded").asInt()).isEqualTo(50);
        assertThat(ended.path("tasks").path("failed").asInt()).isEqualTo(1);
        api.get("/jobs/" + job + "/results?state=succeeded")
                .lines()
                .forEach(line -> assertThat(line.path("value").asInt(-1))
                        .isEqualTo(line.path("index").asInt()));
        JsonNode error = api.get("/jobs/" + job + "/tasks/" + POISON).json().path("error");
        assertThat(error.path("kind").asString()).isEqualTo(kind);
        assertThat(error.path("message").asString("")).contains(message == null ? "" : message);
        assertThat(error.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void crashingJobDoesNotDelayOtherJobs() {
        String poison = api.start(
                "void dies(int x) { Runtime.getRuntime().halt(1); }",
                "dies",
                "{\"range\":{\"from\":0,\"to\":12}}",
                "{\"maxAttempts\":2}");
        String good = api.start("int good(int x) { return x; }", "good", "[1,2,3]");

        assertThat(api.values(good)).isEqualTo("[1,2,3]");
        assertThat(api.ended(poison).path("tasks").path("failed").asInt()).isEqualTo(12);
        api.get("/jobs/" + poison + "/results")
                .lines()
                .forEach(line ->
                        assertThat(line.path("error").path("attempts").asInt()).isEqualTo(2));
        assertThat(api.get("/workers").json().path("items"))
                .allSatisfy(worker ->
                        assertThat(worker.path("trouble").asString("")).isEmpty());
    }

    @Test
    void defectiveWorkerDrainsItselfUntilItRecovers() {
        try (WorkerProcess broken = WorkerProcess.start(
                cluster.master(),
                "broken",
                "--minimalcluster.worker.slots=1",
                "--minimalcluster.worker.labels.only=broken")) {
            limitFiles(broken, "0:"); // simulates a full disk
            String job = api.start(
                    "int here(int x) { return x; }",
                    "here",
                    "[1,2,3]",
                    "{\"requires\":{\"only\":\"broken\"},\"maxAttempts\":1}");

            Await.until(
                    "the worker to report its trouble",
                    Duration.ofMinutes(4),
                    () -> !trouble(broken).isEmpty());
            assertThat(trouble(broken)).contains("can't be given a bundle");
            assertThat(broken.view().path("state").asString()).isEqualTo("DRAINING");
            Await.until(
                    "its tasks to be returned",
                    () -> api.job(job).path("tasks").path("running").asInt() == 0);

            limitFiles(broken, "unlimited:");
            assertThat(api.values(job)).isEqualTo("[1,2,3]");
            Await.until(
                    "the worker to recover",
                    () -> broken.view().path("state").asString().equals("ACTIVE")
                            && trouble(broken).isEmpty());
            assertThat(api.get("/jobs/" + job + "/tasks/0")
                            .json()
                            .path("attempts")
                            .asInt())
                    .isEqualTo(1);

            broken.program().terminate(); // so that it leaves and does not count as an active worker
            assertThat(broken.program().exitCode(Await.LONG)).isIn(0, 143);
        }
    }

    private static String trouble(WorkerProcess worker) {
        return worker.view().path("trouble").asString("");
    }

    private static void limitFiles(WorkerProcess worker, String soft) {
        Command.run("prlimit", "--pid", Long.toString(worker.program().pid()), "--fsize=" + soft);
    }
}
