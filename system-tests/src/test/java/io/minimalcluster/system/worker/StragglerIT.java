package io.minimalcluster.system.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Metrics;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Tests work stealing and speculative execution with a slow worker. The function detects that worker by its small heap.
 */
@UseShared(MasterProcess.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StragglerIT {
    private static final String IS_SLOW = "boolean slow() { return Runtime.getRuntime().maxMemory() < 80_000_000; }\n";
    private static final String SLOWER = IS_SLOW + """
            long square(long x) throws InterruptedException { Thread.sleep(slow() ? 300 : 3); return x * x; }
            """;
    private static final String STUCK = IS_SLOW + """
            long square(long x) throws InterruptedException { Thread.sleep(slow() ? 86_400_000 : 20); return x * x; }
            """;

    private static final List<String> COUNTERS = List.of(
            "minimalcluster_tasks_reclaimed_total",
            "minimalcluster_speculative_copies_started_total",
            "minimalcluster_speculative_copies_won_total");

    private final MasterProcess master;
    private WorkerProcess slow;
    private WorkerProcess fast;
    private final Map<String, Double> before = new HashMap<>();

    StragglerIT(MasterProcess master) {
        this.master = master;
    }

    @BeforeAll
    void start() {
        slow = WorkerProcess.start(
                master,
                "slow",
                "--minimalcluster.worker.slots=1",
                "--minimalcluster.worker.labels.speed=slow",
                "--minimalcluster.executor.heap=64m");
        fast = WorkerProcess.start(
                master, "fast", "--minimalcluster.worker.slots=1", "--minimalcluster.executor.heap=128m");
    }

    @AfterAll
    void stop() {
        fast.close();
        slow.close();
    }

    @BeforeEach
    void recordTotals() {
        for (WorkerProcess worker : List.of(slow, fast)) {
            before.put(worker.id(), total(worker));
        }
        COUNTERS.forEach(counter -> before.put(counter, total(counter)));
    }

    private Api api() {
        return master.api();
    }

    private static double total(WorkerProcess worker) {
        return worker.view().path("tasksDone").asLong();
    }

    private double total(String counter) {
        return Metrics.of(master).sum(counter);
    }

    private long tasksDone(WorkerProcess worker) {
        return Math.round(total(worker) - before.getOrDefault(worker.id(), 0.0));
    }

    private int succeeded(String job) {
        return api().job(job).path("tasks").path("succeeded").asInt();
    }

    private double counted(String counter) {
        return total(counter) - before.getOrDefault(counter, 0.0);
    }

    private void order(WorkerProcess worker, String order) {
        api().post("/workers/" + worker.id() + "/" + order, "").expect(204);
    }

    private void assertSquares(String job, int count) {
        JsonNode ended = api().ended(job);
        assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
        JsonNode values = api().get("/jobs/" + job + "/values").expect(200).json();
        assertThat(values.size()).isEqualTo(count);
        for (int i = 0; i < count; i++) {
            assertThat(values.get(i).asLong(-1)).isEqualTo((long) i * i);
        }
    }

    @Test
    void idleWorkerStealsMostOfALongBatch() {
        int before = slow.program().output().length();
        order(fast, "drain");
        Await.until(
                "the fast worker to drain", () -> fast.program().output().contains("event=worker.draining by=master"));
        String job = api().start(SLOWER, "square", "{\"range\":{\"from\":0,\"to\":400}}", "{\"batchSize\":400}");
        Await.until("the slow worker to run the job", () -> tasksDone(slow) > 0);
        order(fast, "resume");
        assertSquares(job, 400);

        assertThat(counted("minimalcluster_tasks_reclaimed_total")).isPositive();
        assertThat(tasksDone(fast)).isGreaterThan(2 * tasksDone(slow));
        assertThat(tasksDone(fast) + tasksDone(slow))
                .as("each task is counted once")
                .isEqualTo(400);
        assertThat(slow.program().output().substring(before))
                .as("the shortened lease was known before any result beyond its end was posted")
                .doesNotContain("results.rejected");
    }

    @Test
    void speculativeCopyOfAStuckTaskWinsAndFreesItsSlot() {
        String job = api().start(STUCK, "square", "{\"range\":{\"from\":0,\"to\":60}}", "{\"batchSize\":3}");

        assertSquares(job, 60); // without a speculative copy this job would not end

        assertThat(counted("minimalcluster_speculative_copies_started_total")).isPositive();
        assertThat(counted("minimalcluster_speculative_copies_won_total")).isPositive();
        assertThat(tasksDone(fast)).isEqualTo(60);
        Await.until("a free slot", () -> slow.view().path("busy").asInt() == 0);
        String next = api().start(
                        "long square(long x) { return x * x; }",
                        "square",
                        "[0,1,2]",
                        "{\"requires\":{\"speed\":\"slow\"}}");
        assertSquares(next, 3);
    }

    @Test
    void jobWithoutCopiesRunsEachTaskOnce() {
        String other = api().start(
                        STUCK, "square", "{\"range\":{\"from\":0,\"to\":60}}", "{\"batchSize\":1,\"copies\":false}");
        Await.until("all tasks except those of the slow worker", () -> succeeded(other) >= 58);
        String job = api().start(STUCK, "square", "{\"range\":{\"from\":0,\"to\":60}}", "{\"batchSize\":1}");
        assertSquares(job, 60);

        JsonNode tasks = api().job(other).path("tasks");
        assertThat(tasks.path("running").asInt())
                .as("the stuck task, and the batch ahead, which is not stolen")
                .isBetween(1, 2);
        assertThat(tasks.path("running").asInt() + tasks.path("succeeded").asInt())
                .isEqualTo(60);
        assertThat(tasksDone(fast)).isEqualTo(60 + tasks.path("succeeded").asInt());
        assertThat(counted("minimalcluster_speculative_copies_started_total")).isZero();
        assertThat(slow.view().path("busy").asInt()).isEqualTo(1);
        api().post("/jobs/" + other + "/cancel", "").expect(200);
        Await.until("a free slot", () -> slow.view().path("busy").asInt() == 0);
    }
}
