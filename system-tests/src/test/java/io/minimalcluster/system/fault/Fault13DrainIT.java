package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Answer;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * SIGTERM to a worker in long tasks: what ends in time is posted, the rest is handed back; a second SIGTERM ends it at
 * once. SIGTERM to a master with open polls and waits: each is answered. Shows that nothing is lost or charged (I1, I2,
 * I3), that the job ends (I6), that no process stays (I10), and that nobody is told what is not so (I12).
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Fault13DrainIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private MasterProcess master;
    private Notes notes;

    @BeforeAll
    void startMaster() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.lease.duration=6s",
                "--minimalcluster.lease.heartbeat=1s");
    }

    @AfterAll
    void endMaster() {
        master.close();
    }

    @BeforeEach
    void open() {
        notes = new Notes();
    }

    @AfterEach
    void close() {
        notes.close();
    }

    private WorkerProcess worker(String name, String drain) {
        return WorkerProcess.start(
                master,
                name,
                Notes.WRITABLE,
                "--minimalcluster.worker.slots=1",
                "--minimalcluster.worker.drain=" + drain,
                "--minimalcluster.executor.heap=64m");
    }

    private String start(int tasks, Long... waiting) {
        return master.api()
                .start(
                        notes.source(),
                        notes.method(),
                        notes.arguments(tasks, waiting),
                        "{\"batchSize\":" + tasks + ",\"maxAttempts\":1}");
    }

    private JsonNode tasks(String job) {
        return master.api().job(job).path("tasks");
    }

    private void expectAllOnce(String job, int tasks) {
        expectSuccess(job, tasks);
        for (int i = 0; i < tasks; i++) {
            assertThat(attempts(job, i)).isEqualTo(1);
        }
    }

    private int attempts(String job, int index) {
        return master.api()
                .get("/jobs/" + job + "/tasks/" + index)
                .json()
                .path("attempts")
                .asInt();
    }

    private void expectSuccess(String job, int tasks) {
        JsonNode ended = master.api().ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(master.api()
                        .get("/jobs/" + job + "/results?order=completion")
                        .lines())
                .hasSize(tasks)
                .allSatisfy(line -> assertThat(line.has("error")).isFalse());
    }

    @Test
    void whatEndsInTimeIsPostedAndTheRestIsHandedBack() {
        try (WorkerProcess first = worker("drained", "60s")) {
            String job = start(4, 1L);
            notes.awaitStarted(1);

            first.program().terminate();
            Await.until("a worker that drains", () -> first.program().output().contains("event=draining"));
            notes.letGo(1);
            assertThat(first.program().exitCode(SOON)).isIn(0, 143);

            JsonNode left = tasks(job);
            assertThat(left.path("succeeded").asInt()).isEqualTo(2);
            assertThat(left.path("pending").asInt()).isEqualTo(2);
            try (WorkerProcess second = worker("drained-next", "60s")) {
                expectAllOnce(job, 4);
                assertThat(second.program().isAlive()).isTrue();
            }
        }
        for (int i = 0; i < 4; i++) {
            assertThat(notes.started(i)).isEqualTo(1);
        }
    }

    @Test
    void whatDoesNotEndInTimeIsHandedBackUncharged() {
        try (WorkerProcess first = worker("hurried", "1s")) {
            String job = start(3, 1L);
            notes.awaitStarted(1);
            ProcessHandle executor = notes.process(1);

            first.program().terminate();
            assertThat(first.program().exitCode(SOON)).isIn(0, 143);

            assertThat(Notes.hasEnded(executor)).isTrue();
            assertThat(tasks(job).path("pending").asInt()).isEqualTo(2);
            notes.letGo(1);
            try (WorkerProcess second = worker("hurried-next", "60s")) {
                expectAllOnce(job, 3);
                assertThat(second.program().isAlive()).isTrue();
            }
        }
        assertThat(notes.started(0)).isEqualTo(1);
        assertThat(notes.started(1)).isEqualTo(2);
    }

    @Test
    void aSecondSignalEndsAWorkerAtOnceAndItsTaskRunsElsewhere() {
        try (WorkerProcess first = worker("impatient", "1h")) {
            String job = start(2, 0L);
            notes.awaitStarted(0);
            List<ProcessHandle> all = first.program().descendants();

            first.program().terminate();
            Await.until("a worker that drains", () -> first.program().output().contains("event=draining"));
            first.program().terminate();
            assertThat(first.program().exitCode(SOON)).isEqualTo(143);

            Await.until("the end of all it had started", () -> all.stream().allMatch(Notes::hasEnded));
            boolean hasLeft = first.program().output().contains("event=left ");
            notes.letGo(0);
            try (WorkerProcess second = worker("impatient-next", "60s")) {
                expectSuccess(job, 2);
                // in a hurry it says so once; unheard, it is silent to the master, and its task has been through a loss
                assertThat(attempts(job, 0)).isBetween(1, hasLeft ? 1 : 2);
                assertThat(attempts(job, 1)).isEqualTo(1);
                assertThat(second.program().isAlive()).isTrue();
            }
        }
    }

    @Test
    void aMasterThatEndsAnswersEachOpenPollAndWaitAndItsWorkersGoOnAfter() {
        try (WorkerProcess worker = worker("loyal", "60s")) {
            String job = start(3, 1L);
            notes.awaitStarted(1);
            String id = worker.id();
            RawWorker idle = RawWorker.register(master.api(), "idle");
            CompletableFuture<Answer> poll = idle.pollLater("request-1", 1, "60s");
            CompletableFuture<Answer> wait =
                    CompletableFuture.supplyAsync(() -> master.api().get("/jobs/" + job + "?wait=60s"));
            Await.until("results", () -> tasks(job).path("succeeded").asInt() == 1);

            master.program().terminate();

            assertThat(poll.join().status()).isIn(204, 503);
            Answer unfinished = wait.join();
            assertThat(unfinished.status()).isIn(200, 503);
            assertThat(unfinished.json().path("state").asString("RUNNING")).isEqualTo("RUNNING");
            assertThat(master.program().exitCode(SOON)).isIn(0, 143);
            notes.letGo(1);
            Await.until("a value computed meanwhile", () -> notes.computed(2) == 1);
            master.restart();

            expectAllOnce(job, 3);
            assertThat(worker.id()).isEqualTo(id);
            for (int i = 0; i < 3; i++) {
                assertThat(notes.started(i)).isEqualTo(1);
            }
        }
    }
}
