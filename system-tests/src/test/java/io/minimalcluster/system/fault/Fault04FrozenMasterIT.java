package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.JobObserver;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Freezes the master for two leases, as in a pause of its machine, and restarts it after every lease has expired by the
 * wall clock. Held tasks do not run again, because worker timeouts are counted in intervals and not computed from
 * timestamps. Checks I3 one outcome, I4 fence, I5 conservation and I6 progress.
 */
@UseShared(MasterProcess.class)
class Fault04FrozenMasterIT {
    private static final Duration TWO_LEASES = Duration.ofSeconds(12);
    private static final int TASKS = 60;
    private static final int BATCH = 5;

    private final MasterProcess master;

    Fault04FrozenMasterIT(MasterProcess master) {
        this.master = master;
    }

    private void pause() {
        long startedAt = System.nanoTime();
        Await.until("the time of two leases", () -> System.nanoTime() - startedAt > TWO_LEASES.toNanos());
    }

    private static String inBatches() {
        return "{\"batchSize\":%d,\"copies\":false}".formatted(BATCH);
    }

    @Test
    void leasesSurviveAFrozenMaster() {
        try (TaskNotes notes = new TaskNotes();
                WorkerProcess worker =
                        WorkerProcess.start(master, "waits", TaskNotes.WRITABLE, "--minimalcluster.worker.slots=2")) {
            String job = master.api().start(notes.source(), notes.slowMethod(), notes.arguments(TASKS), inBatches());
            try (JobObserver observer = JobObserver.of(master.api(), job)) {
                Await.until("results", () -> succeeded(job) > 0);

                master.program().freeze();
                pause();
                master.program().thaw();

                observer.expectSuccess(TASKS, index -> Long.toString(index));
            }
            assertThat(master.program().output()).doesNotContain("event=worker.timed-out worker=" + worker.id());
            for (int task = 0; task < TASKS; task++) {
                assertThat(notes.started(task)).as("task %s", task).isEqualTo(1);
            }
            assertThat(worker.program().isAlive()).isTrue();
        }
    }

    private long succeeded(String job) {
        return master.api().job(job).path("tasks").path("succeeded").asLong();
    }

    @Test
    @Tag("faults")
    void leasesSurviveAFreezeAndARestart() {
        String job = master.api()
                .start(
                        "long minus(long x) { return -x; }",
                        "minus",
                        "{\"range\":{\"from\":0,\"to\":%d}}".formatted(TASKS),
                        inBatches());
        List<RawWorker> holders = new ArrayList<>();
        List<JsonNode> batches = new ArrayList<>();
        for (int i = 0; i < TASKS / BATCH; i++) {
            sendHeartbeats(holders, batches);
            RawWorker holder = RawWorker.register(master.api(), "holds-" + i);
            holders.add(holder);
            batches.add(holder.takeBatch());
        }
        assertThat(batches.getLast().path("first").asLong() + BATCH).isEqualTo(TASKS);

        sendHeartbeats(holders, batches);
        master.program().freeze();
        pause();
        master.program().thaw();
        sendHeartbeats(holders, batches);
        RawWorker idle = RawWorker.register(master.api(), "hungry");
        idle.poll(1, "0s").expect(204);
        for (int i = 0; i < 4; i++) {
            record(holders.get(i), batches.get(i));
        }
        master.program().kill();
        pause();
        master.restart();
        sendHeartbeats(holders, batches);
        idle.poll(1, "0s").expect(204);
        for (int i = 4; i < batches.size(); i++) {
            record(holders.get(i), batches.get(i));
        }

        assertThat(master.api().ended(job).path("state").asString()).isEqualTo("SUCCEEDED");
        for (int index = 0; index < TASKS; index += BATCH) {
            JsonNode task = master.api().get("/jobs/" + job + "/tasks/" + index).json();
            assertThat(task.path("attempts").asInt()).isEqualTo(1);
        }
    }

    private static void sendHeartbeats(List<RawWorker> holders, List<JsonNode> batches) {
        for (int i = 0; i < holders.size(); i++) {
            holders.get(i).heartbeat(batches.get(i).path("leaseId").asString()).expect(204);
        }
    }

    private static void record(RawWorker holder, JsonNode batch) {
        long first = batch.path("first").asLong();
        List<String> values = new ArrayList<>();
        for (long index = first; index < first + BATCH; index++) {
            values.add(Long.toString(-index));
        }
        JsonNode answer = holder.results(batch.path("leaseId").asString(), first, BATCH, String.join(",", values), true)
                .expect(200)
                .json();
        assertThat(answer.path("recorded").asInt()).isEqualTo(BATCH);
    }
}
