package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Graceful shutdown. SIGTERM to a worker with long tasks: finished tasks are posted, and the rest is returned. A second
 * SIGTERM ends the worker immediately. SIGTERM to a master answers open polls and waits. Checks that nothing is lost or
 * charged (I1, I2, I3), that the job ends (I6), that no process stays (I10), and that responses are correct (I12).
 */
@UseShared(MasterProcess.class)
@Order(2)
class Fault13DrainIT {
    private static final Duration TIMEOUT = Await.LONG;

    @RegisterExtension
    static final NotedCluster CLUSTER = new NotedCluster();

    private static WorkerProcess worker(String name, String drain) {
        return CLUSTER.worker(name, 1, "--minimalcluster.worker.drain=" + drain);
    }

    @Test
    void finishedTasksArePostedAndTheRestReturned() {
        try (WorkerProcess first = worker("drained", "60s")) {
            String job = CLUSTER.start(4, 4, 1L);
            CLUSTER.notes().awaitStarted(1);

            first.program().terminate();
            Await.until("the worker to drain", () -> first.program().output().contains("event=worker.draining"));
            CLUSTER.notes().release(1);
            assertThat(first.program().exitCode(TIMEOUT)).isIn(0, 143);

            JsonNode left = CLUSTER.counts(job);
            assertThat(left.path("succeeded").asInt()).isEqualTo(2);
            assertThat(left.path("pending").asInt()).isEqualTo(2);
            try (WorkerProcess second = worker("drained-next", "60s")) {
                CLUSTER.expectAllOnceUncharged(job, 4);
                assertThat(second.program().isAlive()).isTrue();
            }
        }
        for (int i = 0; i < 4; i++) {
            assertThat(CLUSTER.notes().started(i)).isEqualTo(1);
        }
    }

    @Test
    @Tag("faults")
    void unfinishedTasksAreReturnedUncharged() {
        try (WorkerProcess first = worker("hurried", "1s")) {
            String job = CLUSTER.start(3, 3, 1L);
            CLUSTER.notes().awaitStarted(1);
            ProcessHandle executor = CLUSTER.notes().process(1);
            CLUSTER.awaitSucceeded(job, 1);

            first.program().terminate();
            assertThat(first.program().exitCode(TIMEOUT)).isIn(0, 143);

            assertThat(TaskNotes.hasEnded(executor)).isTrue();
            assertThat(CLUSTER.counts(job).path("pending").asInt()).isEqualTo(2);
            CLUSTER.notes().release(1);
            try (WorkerProcess second = worker("hurried-next", "60s")) {
                CLUSTER.expectAllOnceUncharged(job, 3);
                assertThat(second.program().isAlive()).isTrue();
            }
        }
        assertThat(CLUSTER.notes().started(0)).isEqualTo(1);
        assertThat(CLUSTER.notes().started(1)).isEqualTo(2);
    }

    @Test
    @Tag("faults")
    void secondSignalEndsAWorkerAndItsTaskIsReassigned() {
        try (WorkerProcess first = worker("impatient", "1h")) {
            String job = CLUSTER.start(2, 2, 0L);
            CLUSTER.notes().awaitStarted(0);
            List<ProcessHandle> all = first.program().descendants();

            first.program().terminate();
            Await.until("the worker to drain", () -> first.program().output().contains("event=worker.draining"));
            first.program().terminate();
            assertThat(first.program().exitCode(TIMEOUT)).isEqualTo(143);

            Await.until("the end of all descendants", () -> all.stream().allMatch(TaskNotes::hasEnded));
            boolean hasLeft = first.program().output().contains("event=registration.ended ");
            CLUSTER.notes().release(0);
            try (WorkerProcess second = worker("impatient-next", "60s")) {
                CLUSTER.expectAllOnce(job, 2);
                // it announces its leave once; if the call fails, the master counts a loss after the worker timeout
                assertThat(CLUSTER.attempts(job, 0)).isBetween(1, hasLeft ? 1 : 2);
                assertThat(CLUSTER.attempts(job, 1)).isEqualTo(1);
                assertThat(second.program().isAlive()).isTrue();
            }
        }
    }

    @Test
    @Tag("faults")
    void terminatedMasterAnswersOpenPollsAndWaits() {
        try (WorkerProcess worker = worker("loyal", "60s")) {
            String job = CLUSTER.start(3, 3, 1L);
            CLUSTER.notes().awaitStarted(1);
            String id = worker.id();
            RawWorker idle = RawWorker.register(CLUSTER.master().api(), "idle");
            // with free slots it would steal tasks that have not started
            CompletableFuture<Response> poll = idle.pollLater("request-1", 0, "60s");
            CompletableFuture<Response> wait =
                    CompletableFuture.supplyAsync(() -> CLUSTER.master().api().get("/jobs/" + job + "?wait=60s"));
            CLUSTER.awaitSucceeded(job, 1);

            CLUSTER.master().program().terminate();

            assertThat(poll.join().status()).isIn(204, 503);
            Response unfinished = wait.join();
            assertThat(unfinished.status()).isIn(200, 503);
            assertThat(unfinished.json().path("state").asString("RUNNING")).isEqualTo("RUNNING");
            assertThat(CLUSTER.master().program().exitCode(TIMEOUT)).isIn(0, 143);
            CLUSTER.notes().release(1);
            Await.until(
                    "a value computed during the outage", () -> CLUSTER.notes().computed(2) == 1);
            CLUSTER.master().restart();

            CLUSTER.expectAllOnceUncharged(job, 3);
            assertThat(worker.id()).isEqualTo(id);
            for (int i = 0; i < 3; i++) {
                assertThat(CLUSTER.notes().started(i)).isEqualTo(1);
            }
        }
    }
}
