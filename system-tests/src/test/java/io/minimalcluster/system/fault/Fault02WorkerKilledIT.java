package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Kills a worker during a task and after computing a value, its executor alone, and all processes at once. Also stops
 * the master for longer than a lease. Checks that no accepted task and no recorded result is lost (I1, I2), that each
 * task has one outcome (I3), that every job ends (I6), and that no orphan process is left (I10).
 */
@UseShared({MasterProcess.class, QuietMaster.class})
class Fault02WorkerKilledIT {
    @RegisterExtension
    static final NotedCluster CLUSTER = new NotedCluster();

    @Test
    @Tag("faults")
    void tasksOfAKilledWorkerRunElsewhere() {
        try (WorkerProcess victim = CLUSTER.worker("victim", 2)) {
            String job = CLUSTER.start(40, 20, 3L, 23L);
            CLUSTER.notes().awaitStarted(3);
            CLUSTER.notes().awaitStarted(23);
            List<ProcessHandle> executors = victim.program().descendants();
            assertThat(executors).hasSizeGreaterThanOrEqualTo(2);

            victim.program().kill();
            CLUSTER.notes().release(3);
            CLUSTER.notes().release(23);

            Await.until("the end of the executors", () -> executors.stream().allMatch(TaskNotes::hasEnded));
            try (WorkerProcess survivor = CLUSTER.worker("survivor", 2)) {
                CLUSTER.expectAllOnce(job, 40);
                assertThat(CLUSTER.task(job, 3).path("worker").asString()).isEqualTo(survivor.id());
                assertThat(CLUSTER.attempts(job, 3)).isEqualTo(2);
            }
            assertThat(victim.view().path("state").asString()).isIn("SILENT", "LOST");
        }
    }

    @Test
    void killedIdleWorkerGetsNoBatch() {
        try (WorkerProcess victim = CLUSTER.worker("victim", 1);
                WorkerProcess survivor = CLUSTER.worker("survivor", 1)) {
            victim.program().kill(); // its poll has waited longest and would be served first

            String job = CLUSTER.start(1, 1);

            CLUSTER.expectAllOnce(job, 1);
            assertThat(CLUSTER.task(job, 0).path("worker").asString()).isEqualTo(survivor.id());
            assertThat(CLUSTER.attempts(job, 0)).as("no loss was counted").isEqualTo(1);
        }
    }

    @Test
    @Tag("faults")
    void unpostedResultsAreComputedAgain() {
        try (WorkerProcess victim = CLUSTER.worker("victim", 1)) {
            String job = CLUSTER.start(1, 1, 0L);
            CLUSTER.notes().awaitStarted(0);

            CLUSTER.master().program().freeze();
            CLUSTER.notes().release(0);
            Await.until("a computed value", () -> CLUSTER.notes().computed(0) == 1);
            victim.program().kill();
            CLUSTER.master().program().thaw();

            try (WorkerProcess survivor = CLUSTER.worker("survivor", 1)) {
                CLUSTER.expectAllOnce(job, 1);
                assertThat(survivor.program().isAlive()).isTrue();
                assertThat(CLUSTER.attempts(job, 0))
                        .as("a post in flight may have been recorded")
                        .isEqualTo(CLUSTER.notes().started(0));
            }
        }
    }

    @Test
    @Tag("faults")
    void killedExecutorFailsOnlyItsRunningTask() {
        try (WorkerProcess worker = CLUSTER.worker("one", 1)) {
            String job = CLUSTER.start(10, 10, 4L);
            CLUSTER.notes().awaitStarted(4);
            CLUSTER.awaitSucceeded(job, 4); // values not yet sent are lost with the executor

            Command.run(
                    "kill", "-KILL", Long.toString(CLUSTER.notes().process(4).pid()));

            JsonNode ended = CLUSTER.master().api().ended(job);
            assertThat(ended.path("tasks").path("succeeded").asInt()).isEqualTo(9);
            JsonNode error = CLUSTER.task(job, 4).path("error");
            assertThat(error.path("kind").asString()).isEqualTo("crash");
            assertThat(error.path("message").asString()).contains("SIGKILL", "137");
            assertThat(error.path("attempts").asInt()).isEqualTo(1);
            assertThat(worker.view().path("state").asString()).isEqualTo("ACTIVE");
            for (int i = 0; i < 10; i++) {
                assertThat(CLUSTER.notes().started(i)).as("task %s", i).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(booleans = {true, false})
    void clusterRecoversInAnyRestartOrder(boolean masterFirst) {
        WorkerProcess before = CLUSTER.worker("before", 1);
        String job = CLUSTER.start(20, 10, 5L);
        CLUSTER.notes().awaitStarted(5);
        List<ProcessHandle> executors = before.program().descendants();

        CLUSTER.master().program().kill();
        before.program().kill();
        CLUSTER.notes().release(5);
        Await.until("the end of the executors", () -> executors.stream().allMatch(TaskNotes::hasEnded));

        if (masterFirst) {
            CLUSTER.master().restart();
        }
        try (WorkerProcess after = CLUSTER.launchWorker("after", 1)) {
            if (!masterFirst) {
                Await.until(
                        "the worker to detect that the master is away",
                        () -> after.program().output().contains("event=master.unreachable"));
                CLUSTER.master().restart();
            }
            CLUSTER.expectAllOnce(job, 20);
        }
        before.close();
    }

    @Test
    @Tag("faults")
    void resultsComputedDuringAMasterOutageAreRecordedOnce() {
        try (WorkerProcess worker = CLUSTER.worker("patient", 1)) {
            String job = CLUSTER.start(25, 25, 0L, 20L);
            CLUSTER.notes().awaitStarted(0);
            CLUSTER.master().program().kill();
            CLUSTER.notes().release(0);
            CLUSTER.notes().awaitStarted(20);
            ProcessHandle executor = CLUSTER.notes().process(20);

            Await.until(
                    "the worker to detect the end of its lease",
                    () -> worker.program().output().contains("event=worker.fenced"));
            Await.until("the end of the executor", () -> TaskNotes.hasEnded(executor));
            assertThat(CLUSTER.notes().started(21))
                    .as("no further task was started")
                    .isZero();
            CLUSTER.notes().release(20);
            CLUSTER.master().restart();

            CLUSTER.expectAllOnce(job, 25);
            for (int i = 0; i < 25; i++) {
                assertThat(CLUSTER.notes().computed(i)).as("task %s", i).isEqualTo(1);
                assertThat(CLUSTER.attempts(job, i)).isEqualTo(1);
            }
            assertThat(CLUSTER.notes().started(20)).isEqualTo(2);
        }
    }

    @Test
    @Tag("faults")
    void taskFailsAfterFiveLosses(QuietMaster quiet) {
        Api client = quiet.alice();
        String job = client.start("int deadly(int x) { return x; }", "deadly", "[1]", "{}");
        for (int i = 1; i <= 5; i++) {
            RawWorker victim = quiet.newWorker("victim-" + i);
            JsonNode batch = victim.takeBatch();
            assertThat(batch.path("first").asLong(-1)).isZero();
            victim.poll(0, "0s", batch.path("leaseId").asString())
                    .expect(204); // it confirms the lease, and then times out
        }
        JsonNode ended = client.ended(job);

        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        JsonNode error = client.get("/jobs/" + job + "/tasks/0").json().path("error");
        assertThat(error.path("kind").asString()).isEqualTo("lost");
        assertThat(error.path("attempts").asInt()).isEqualTo(5);
    }
}
