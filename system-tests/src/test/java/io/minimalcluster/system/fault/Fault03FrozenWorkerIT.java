package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.WorkerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * A worker is stopped (SIGSTOP) for longer than its lease, and goes on (SIGCONT): what it posts late is refused if the
 * tasks went elsewhere, and taken if not; its executor has ended itself meanwhile, by its own clock. Shows that each
 * task has one outcome (I3), recorded under a lease that was not lost (I4), and that the job ends (I6).
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Fault03FrozenWorkerIT {
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

    private WorkerProcess worker(String name) {
        return WorkerProcess.start(
                master, name, Notes.WRITABLE, "--minimalcluster.worker.slots=1", "--minimalcluster.executor.heap=64m");
    }

    private String start(int tasks, Long... waiting) {
        return master.api()
                .start(
                        notes.source(),
                        notes.method(),
                        notes.arguments(tasks, waiting),
                        "{\"batchSize\":" + tasks + ",\"maxAttempts\":1}");
    }

    private JsonNode task(String job, long index) {
        return master.api().get("/jobs/" + job + "/tasks/" + index).expect(200).json();
    }

    private void expectAllOnce(String job, int tasks) {
        JsonNode ended = master.api().ended(job);
        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(master.api()
                        .get("/jobs/" + job + "/results?order=completion")
                        .lines())
                .hasSize(tasks);
    }

    @Test
    void whatWentElsewhereIsRefusedWhenItComesLate() {
        try (WorkerProcess frozen = worker("frozen")) {
            String job = start(3, 0L, 1L);
            notes.awaitStarted(0);
            ProcessHandle executor = notes.process(0);

            frozen.program().freeze();
            notes.letGo(0); // its value waits in the pipe from now on
            Await.until("the next task", () -> notes.started(1) == 1);
            try (WorkerProcess other = worker("other")) {
                Await.until("the same task elsewhere", () -> notes.started(1) == 2);
                assertThat(frozen.view().path("state").asString()).isEqualTo("LOST");
                Await.until("the end of the executor of a frozen worker", () -> Notes.hasEnded(executor));
                frozen.program().thaw();
                Await.until(
                        "a worker that is back",
                        () -> frozen.view().path("state").asString().equals("ACTIVE"));
                notes.letGo(1);

                expectAllOnce(job, 3);
                assertThat(task(job, 0).path("worker").asString()).isEqualTo(other.id());
                assertThat(task(job, 1).path("worker").asString()).isEqualTo(other.id());
                assertThat(notes.computed(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void whatWentNowhereIsTakenAndWhatItsExecutorGaveUpIsNotCharged() {
        try (WorkerProcess frozen = worker("alone")) {
            String job = start(3, 0L, 1L);
            notes.awaitStarted(0);
            ProcessHandle executor = notes.process(0);

            frozen.program().freeze();
            notes.letGo(0); // its value waits in the pipe from now on
            Await.until("the next task", () -> notes.started(1) == 1);
            Await.until("the end of the executor of a frozen worker", () -> Notes.hasEnded(executor));
            Await.until(
                    "a worker that is silent",
                    () -> frozen.view().path("state").asString().equals("SILENT"));
            frozen.program().thaw();
            notes.letGo(1);

            expectAllOnce(job, 3);
            assertThat(notes.computed(0)).isEqualTo(1);
            assertThat(notes.started(1)).isEqualTo(2);
            assertThat(task(job, 0).path("attempts").asInt()).isEqualTo(1);
            assertThat(task(job, 1).path("attempts").asInt()).isEqualTo(1);
        }
    }

    @Test
    void anExecutorThatIsFrozenItselfGoesOnAfter() {
        try (WorkerProcess worker = worker("healthy")) {
            String job = start(2, 0L);
            notes.awaitStarted(0);
            long pid = notes.process(0).pid();

            Command.run("kill", "-STOP", Long.toString(pid));
            long stopped = System.nanoTime();
            Await.until("longer than a lease", () -> System.nanoTime() - stopped > 8_000_000_000L);
            Command.run("kill", "-CONT", Long.toString(pid));
            notes.letGo(0);

            expectAllOnce(job, 2);
            assertThat(notes.started(0)).isEqualTo(1);
            assertThat(worker.view().path("state").asString()).isEqualTo("ACTIVE");
        }
    }
}
