package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Command;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Freezes a worker (SIGSTOP) for longer than its lease and resumes it (SIGCONT). Late results are rejected if the tasks
 * were reassigned, and recorded if not. The executor ends itself meanwhile by its own clock. Checks that each task has
 * one outcome (I3), recorded under a lease that was not lost (I4), and that the job ends (I6).
 */
@UseShared(MasterProcess.class)
class Fault03FrozenWorkerIT {
    @RegisterExtension
    static final NotedCluster CLUSTER = new NotedCluster();

    @Test
    @Tag("faults")
    void lateResultsOfReassignedTasksAreRejected() {
        try (WorkerProcess frozen = CLUSTER.worker("frozen", 1)) {
            String job = CLUSTER.start(3, 3, 0L, 1L);
            CLUSTER.notes().awaitStarted(0);
            ProcessHandle executor = CLUSTER.notes().process(0);

            frozen.program().freeze();
            CLUSTER.notes().release(0); // its value remains in the pipe
            Await.until("the start of the next task", () -> CLUSTER.notes().started(1) == 1);
            try (WorkerProcess other = CLUSTER.worker("other", 1)) {
                Await.until(
                        "the task to start on the other worker",
                        () -> CLUSTER.notes().started(1) == 2);
                Await.until(
                        "the worker to be LOST",
                        () -> frozen.view().path("state").asString().equals("LOST"));
                Await.until("the end of the executor of a frozen worker", () -> TaskNotes.hasEnded(executor));
                frozen.program().thaw();
                Await.until(
                        "the worker to be ACTIVE",
                        () -> frozen.view().path("state").asString().equals("ACTIVE"));
                CLUSTER.notes().release(1);

                CLUSTER.expectAllOnce(job, 3);
                assertThat(CLUSTER.task(job, 0).path("worker").asString()).isEqualTo(other.id());
                assertThat(CLUSTER.task(job, 1).path("worker").asString()).isEqualTo(other.id());
                assertThat(CLUSTER.notes().computed(1)).isEqualTo(1);
            }
        }
    }

    @Test
    @Tag("faults")
    void lateResultsOfUnassignedTasksAreRecorded() {
        try (WorkerProcess frozen = CLUSTER.worker("alone", 1)) {
            String job = CLUSTER.start(3, 3, 0L, 1L);
            CLUSTER.notes().awaitStarted(0);
            ProcessHandle executor = CLUSTER.notes().process(0);

            frozen.program().freeze();
            CLUSTER.notes().release(0); // its value remains in the pipe
            Await.until("the start of the next task", () -> CLUSTER.notes().started(1) == 1);
            Await.until("the end of the executor of a frozen worker", () -> TaskNotes.hasEnded(executor));
            Await.until(
                    "the worker to be SILENT",
                    () -> frozen.view().path("state").asString().equals("SILENT"));
            frozen.program().thaw();
            CLUSTER.notes().release(1);

            CLUSTER.expectAllOnce(job, 3);
            assertThat(CLUSTER.notes().computed(0)).isEqualTo(1);
            assertThat(CLUSTER.notes().started(1)).isEqualTo(2);
            assertThat(CLUSTER.attempts(job, 0)).isEqualTo(1);
            assertThat(CLUSTER.attempts(job, 1)).isEqualTo(1);
        }
    }

    @Test
    @Tag("faults")
    void frozenExecutorContinuesAfterwards() {
        try (WorkerProcess worker = CLUSTER.worker("healthy", 1)) {
            String job = CLUSTER.start(2, 2, 0L);
            CLUSTER.notes().awaitStarted(0);
            long pid = CLUSTER.notes().process(0).pid();

            Command.run("kill", "-STOP", Long.toString(pid));
            long stopped = System.nanoTime();
            Await.until("longer than a lease", () -> System.nanoTime() - stopped > 8_000_000_000L);
            Command.run("kill", "-CONT", Long.toString(pid));
            CLUSTER.notes().release(0);

            CLUSTER.expectAllOnce(job, 2);
            assertThat(CLUSTER.notes().started(0)).isEqualTo(1);
            assertThat(worker.view().path("state").asString()).isEqualTo("ACTIVE");
        }
    }
}
