package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.SharedProcesses;
import io.minimalcluster.system.harness.WorkerProcess;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A worker is killed while it runs, and after it computed and before it posted; its executor alone is; everything at
 * once is, and comes back in any order; and the master is away for longer than a lease, in which nothing is lost that a
 * worker has computed. Shows that no accepted task and no recorded result is lost (I1, I2), that each task has one
 * outcome (I3), that every job ends (I6), and that no orphan process is left (I10).
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedProcesses.class)
class Fault02WorkerKilledIT {
    private MasterProcess master;
    private Notes notes;
    private int workers;

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

    private WorkerProcess worker(String name, int slots) {
        return WorkerProcess.start(
                master,
                name + "-" + ++workers,
                Notes.WRITABLE,
                "--minimalcluster.worker.slots=" + slots,
                "--minimalcluster.executor.heap=64m");
    }

    private String start(int tasks, int batchSize, Long... waiting) {
        return master.api()
                .start(
                        notes.source(),
                        notes.method(),
                        notes.arguments(tasks, waiting),
                        "{\"batchSize\":" + batchSize + ",\"maxAttempts\":1}");
    }

    private JsonNode task(String job, long index) {
        return master.api().get("/jobs/" + job + "/tasks/" + index).expect(200).json();
    }

    /** Every task has succeeded, once, with its value. */
    private void expectAllOnce(String job, int tasks) {
        Api api = master.api();
        JsonNode ended = api.ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("SUCCEEDED");
        JsonNode values = api.get("/jobs/" + job + "/values").expect(200).json();
        for (int i = 0; i < tasks; i++) {
            assertThat(values.get(i).asLong(-1)).isEqualTo(i);
        }
        assertThat(api.get("/jobs/" + job + "/results?order=completion").lines())
                .hasSize(tasks);
    }

    @Test
    void whatItRanRunsElsewhereAndNoProcessIsLeft() {
        try (WorkerProcess victim = worker("victim", 2)) {
            String job = start(40, 20, 3L, 23L);
            notes.awaitStarted(3);
            notes.awaitStarted(23);
            List<ProcessHandle> executors = victim.program().descendants();
            assertThat(executors).hasSizeGreaterThanOrEqualTo(2);

            victim.program().kill();
            notes.letGo(3);
            notes.letGo(23);

            Await.until("the end of the executors", () -> executors.stream().allMatch(Notes::hasEnded));
            try (WorkerProcess survivor = worker("survivor", 2)) {
                expectAllOnce(job, 40);
                assertThat(task(job, 3).path("worker").asString()).isEqualTo(survivor.id());
                assertThat(task(job, 3).path("attempts").asInt()).isEqualTo(2);
            }
            assertThat(victim.view().path("state").asString()).isIn("SILENT", "LOST");
        }
    }

    @Test
    void whatItHadComputedAndNotPostedIsComputedAgain() {
        try (WorkerProcess victim = worker("victim", 1)) {
            String job = start(1, 1, 0L);
            notes.awaitStarted(0);

            master.program().freeze();
            notes.letGo(0);
            Await.until("a computed value", () -> notes.computed(0) == 1);
            victim.program().kill();
            master.program().thaw();

            try (WorkerProcess survivor = worker("survivor", 1)) {
                expectAllOnce(job, 1);
                assertThat(survivor.program().isAlive()).isTrue();
                assertThat(task(job, 0).path("attempts").asInt())
                        .as("a post that was under way may have come through")
                        .isEqualTo(notes.started(0));
            }
        }
    }

    @Test
    void anExecutorThatIsKilledAloneCostsTheTaskThatRan() {
        try (WorkerProcess worker = worker("one", 1)) {
            String job = start(10, 10, 4L);
            notes.awaitStarted(4);

            Command.run("kill", "-KILL", Long.toString(notes.process(4).pid()));

            JsonNode ended = master.api().ended(job);
            assertThat(ended.path("tasks").path("succeeded").asInt()).isEqualTo(9);
            JsonNode error = task(job, 4).path("error");
            assertThat(error.path("kind").asString()).isEqualTo("crash");
            assertThat(error.path("message").asString()).contains("SIGKILL", "137");
            assertThat(error.path("attempts").asInt()).isEqualTo(1);
            assertThat(worker.view().path("state").asString()).isEqualTo("ACTIVE");
            for (int i = 0; i < 10; i++) {
                assertThat(notes.started(i)).as("task %s", i).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whenEverythingIsKilledAtOnceItGoesOnInWhateverOrderItComesBack(boolean masterFirst) {
        WorkerProcess before = worker("before", 1);
        String job = start(20, 10, 5L);
        notes.awaitStarted(5);
        List<ProcessHandle> executors = before.program().descendants();

        master.program().kill();
        before.program().kill();
        notes.letGo(5);
        Await.until("the end of the executors", () -> executors.stream().allMatch(Notes::hasEnded));

        if (masterFirst) {
            master.restart();
        }
        try (WorkerProcess after = WorkerProcess.launch(
                List.of(),
                master.url(),
                master,
                "after-" + masterFirst,
                Notes.WRITABLE,
                "--minimalcluster.worker.slots=1")) {
            if (!masterFirst) {
                Await.until(
                        "a worker that waits", () -> after.program().output().contains("event=master-away"));
                master.restart();
            }
            expectAllOnce(job, 20);
        }
        before.close();
    }

    @Test
    void whatAWorkerComputesWhileTheMasterIsAwayIsTakenAfterAndNotComputedAgain() {
        try (WorkerProcess worker = worker("patient", 1)) {
            String job = start(25, 25, 0L, 20L);
            notes.awaitStarted(0);
            master.program().kill();
            notes.letGo(0);
            notes.awaitStarted(20);
            ProcessHandle executor = notes.process(20);

            Await.until(
                    "a worker that knows that it is cut off",
                    () -> worker.program().output().contains("event=cut-off"));
            Await.until("the end of what ran", () -> Notes.hasEnded(executor));
            assertThat(notes.started(21)).as("nothing more was begun").isZero();
            notes.letGo(20);
            master.restart();

            expectAllOnce(job, 25);
            for (int i = 0; i < 25; i++) {
                assertThat(notes.computed(i)).as("task %s", i).isEqualTo(1);
                assertThat(task(job, i).path("attempts").asInt()).isEqualTo(1);
            }
            assertThat(notes.started(20)).isEqualTo(2);
        }
    }

    @Test
    void aTaskThatBringsDownEachWorkerIsGivenUp(QuietMaster quiet) {
        Api client = quiet.alice();
        String job = client.start("int deadly(int x) { return x; }", "deadly", "[1]", "{}");
        for (int i = 1; i <= 5; i++) {
            RawWorker victim = quiet.newWorker("victim-" + i); // it says nothing more once it has the task
            assertThat(victim.takeBatch().path("first").asLong(-1)).isZero();
        }
        JsonNode ended = client.ended(job);

        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        JsonNode error = client.get("/jobs/" + job + "/tasks/0").json().path("error");
        assertThat(error.path("kind").asString()).isEqualTo("lost");
        assertThat(error.path("attempts").asInt()).isEqualTo(5);
    }
}
