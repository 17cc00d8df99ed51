package io.minimalcluster.system.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.UseShared;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@UseShared(Cluster.class)
class HazardousTasksIT {
    private final Cluster cluster;
    private final Api api;

    HazardousTasksIT(Cluster cluster) {
        this.cluster = cluster;
        this.api = cluster.api();
    }

    @Test
    void stackTraceContainsUserCodeOnly() {
        String job = api.start("""
                int fails(int x) {
                    return inner(x);
                }
                int inner(int x) {
                    return 1 / x;
                }
                """, "fails", "[0]");
        api.ended(job);

        JsonNode error = api.get("/jobs/" + job + "/results").lines().getFirst().path("error");

        assertThat(error.path("kind").asString()).isEqualTo("exception");
        assertThat(error.path("type").asString()).isEqualTo("java.lang.ArithmeticException");
        assertThat(error.path("message").asString()).isEqualTo("/ by zero");
        assertThat(error.path("attempts").asInt()).isEqualTo(1);
        assertThat(error.path("stackTrace"))
                .extracting(JsonNode::asString)
                .containsExactly("Main.inner(Main.java:5)", "Main.fails(Main.java:2)");
    }

    @Test
    void crashedTaskIsRetriedUpToMaxAttempts() {
        String job = api.start("void dies() { Runtime.getRuntime().halt(1); }", "dies", "[0]", "{\"maxAttempts\":2}");
        api.ended(job);

        JsonNode error = api.get("/jobs/" + job + "/tasks/0").json().path("error");

        assertThat(error.path("kind").asString()).isEqualTo("crash");
        assertThat(error.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void taskOutputIsBounded() {
        String job = api.start("""
                int prints(int x) {
                    System.out.println("out " + x);
                    System.err.println("err");
                    if (x == 2) System.out.print("y".repeat(200_000));
                    return x;
                }
                """, "prints", "[1,2]");
        api.ended(job);

        JsonNode first = api.get("/jobs/" + job + "/tasks/0").json();
        JsonNode second = api.get("/jobs/" + job + "/tasks/1").json();

        assertThat(first.path("output").asString()).contains("out 1").contains("err");
        assertThat(first.path("outputTruncated").asBoolean(true)).isFalse();
        assertThat(second.path("output").asString()).contains("out 2").hasSizeLessThanOrEqualTo(64 * 1024);
        assertThat(second.path("outputTruncated").asBoolean(false)).isTrue();
    }

    @Test
    void resultOverTheLimitFailsOnlyItsTask() {
        String job = api.start("String big(int x) { return \"z\".repeat(x); }", "big", "[10,2000000,20]");
        api.ended(job);

        assertThat(api.get("/jobs/" + job + "/tasks/1")
                        .json()
                        .path("error")
                        .path("kind")
                        .asString())
                .isEqualTo("result-too-large");
        assertThat(api.job(job).path("tasks").path("succeeded").asInt()).isEqualTo(2);
    }

    @Test
    void cancelStopsRunningCode() {
        Map<ProcessHandle, Duration> before = cpuTimes();
        String job = api.start("void spins(String x) { while (true) Thread.onSpinWait(); }", "spins", "[\"a\",\"b\"]");
        Await.until("a spinning process", () -> !spinning(before).isEmpty());
        Set<ProcessHandle> spinning = spinning(before);

        api.post("/jobs/" + job + "/cancel", "").expect(200);

        Await.until("free slots", () -> busy() == 0);
        Await.until("the end of the spinning processes", () -> spinning.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(api.run("int next(int x) { return x; }", "next", "[1,2,3,4]"))
                .isEqualTo("[1,2,3,4]");
    }

    private Map<ProcessHandle, Duration> cpuTimes() {
        return cluster.processes().stream()
                .filter(process -> !isCompiler(process))
                .collect(Collectors.toMap(
                        Function.identity(),
                        process -> process.info().totalCpuDuration().orElse(Duration.ZERO),
                        (one, _) -> one));
    }

    /** Compiler processes also use the CPU while they warm up. */
    private static boolean isCompiler(ProcessHandle process) {
        return process.info().commandLine().orElse("").endsWith(" compiler");
    }

    /** The processes that used more than 1.5 s of CPU time since {@code before}. */
    private Set<ProcessHandle> spinning(Map<ProcessHandle, Duration> before) {
        Map<ProcessHandle, Duration> now = cpuTimes();
        now.entrySet()
                .removeIf(process -> process.getValue()
                                .minus(before.getOrDefault(process.getKey(), Duration.ZERO))
                                .toMillis()
                        < 1500); // more CPU time than a process start needs
        return now.keySet();
    }

    private int busy() {
        int busy = 0;
        for (JsonNode worker : api.get("/workers").expect(200).json().path("items")) {
            busy += worker.path("state").asString().equals("ACTIVE")
                    ? worker.path("busy").asInt()
                    : 0;
        }
        return busy;
    }

    @Test
    void jobRunsOnTwoWorkers() {
        String job = api.start(
                "long waits(long x) throws InterruptedException { Thread.sleep(86_400_000); return x; }",
                "waits",
                "{\"range\":{\"from\":0,\"to\":5}}", // exceeds what one worker holds including its batch ahead
                "{\"batchSize\":1,\"copies\":false}");
        Await.until(
                "all tasks to be leased",
                () -> api.job(job).path("tasks").path("running").asInt() == 5);

        List<String> workers = IntStream.range(0, 5)
                .mapToObj(i -> api.get("/jobs/" + job + "/tasks/" + i)
                        .expect(200)
                        .json()
                        .path("worker")
                        .asString())
                .distinct()
                .toList();

        assertThat(workers).hasSize(2);
        api.post("/jobs/" + job + "/cancel", "").expect(200);
    }

    @Test
    void executorRunsOneTaskAtATime() {
        String values =
                api.values(api.start("""
                static int inside;
                int together(int x) throws InterruptedException {
                    inside++;
                    Thread.sleep(20);
                    return inside--;
                }
                """, "together", "{\"range\":{\"from\":0,\"to\":40}}", "{\"batchSize\":1}"));

        assertThat(values).isEqualTo("[" + "1,".repeat(39) + "1]");
    }

    @Test
    void environmentsDoNotShareExecutors() {
        String source = """
                String mark(String x) {
                    String before = System.getProperty("mark");
                    System.setProperty("mark", x);
                    return before;
                }
                """;
        String marks = api.run(source, "mark", "[\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\",\"a\"]");
        assertThat(marks).as("the executor of a slot is reused").contains("null", "\"a\"");

        String others = api.values(
                api.start(source + "// other code", "mark", "[\"b\",\"b\",\"b\",\"b\",\"b\",\"b\",\"b\",\"b\"]", "{}"));

        assertThat(others).contains("null").doesNotContain("\"a\"");
    }
}
