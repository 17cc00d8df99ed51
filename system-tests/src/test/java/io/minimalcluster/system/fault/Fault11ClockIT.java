package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.FakeClock;
import io.minimalcluster.system.harness.JobObserver;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Clock jumps of one hour in the master, and a clock error of one day in a worker. Leases are not affected, because
 * worker timeouts do not compare stored times. Dates, such as deadlines and key expiry, follow the clock of the master.
 * Checks I2 no lost result, I3 one outcome, I4 fence, I5 conservation and I6 progress.
 */
@Tag("faults")
class Fault11ClockIT {
    private static final int TASKS = 150;

    @ParameterizedTest
    @ValueSource(strings = {"+1h", "-1h"})
    void clockJumpOfTheMasterCostsNoTask(String jump) {
        try (FakeClock clock = FakeClock.create();
                MasterProcess master = MasterProcess.startWithPrefix(
                        clock.prefix(),
                        "--minimalcluster.local-worker.enabled=false",
                        "--minimalcluster.lease.duration=6s",
                        "--minimalcluster.lease.heartbeat=1s");
                WorkerProcess worker = WorkerProcess.start(master, "steady", "--minimalcluster.worker.slots=2")) {
            Api api = master.api();
            String job = startNaps(api);
            String owned = api.start(
                    "long same(long x) { return x; }",
                    "same",
                    "[1,2]",
                    "{\"requires\":{\"raw\":\"yes\"},\"deadlineSeconds\":7200}");
            RawWorker holder = RawWorker.registerAs(
                    api,
                    RawWorker.registration("holds", 1, 1, "25")
                            .replace("\"labels\":{}", "\"labels\":{\"raw\":\"yes\"}"));
            JsonNode batch = holder.takeBatch();
            String kept = keyed(api).json().path("id").asString();
            Await.until("results", () -> succeeded(api, job) > 0);
            try (JobObserver observer = JobObserver.of(api, job)) {
                clock.jump(jump);
                Await.until("the jump", () -> hasJumped(api));

                observer.expectSuccess(TASKS, index -> Long.toString(index + 1));
            }

            assertThat(master.program().output())
                    .as("workers that timed out")
                    .doesNotContain("event=worker.timed-out worker=" + worker.id());
            JsonNode ended = api.job(job);
            assertThat(ended.path("throughput").asDouble(0)).isGreaterThanOrEqualTo(0);
            assertThat(ended.path("etaSeconds").asDouble(0)).isGreaterThanOrEqualTo(0);
            assertThat(api.job(owned).path("state").asString())
                    .as("before its deadline")
                    .isEqualTo("RUNNING");
            long first = batch.path("first").asLong();
            int count = batch.path("count").asInt();
            holder.results(batch.path("leaseId").asString(), first, count, count == 2 ? "1,2" : "1", true)
                    .expect(200);
            if (count == 1) {
                JsonNode rest = holder.takeBatch();
                holder.results(rest.path("leaseId").asString(), 1, 1, "2", true).expect(200);
            }
            assertThat(api.values(owned)).isEqualTo("[1,2]");
            assertThat(keyed(api).expect(200).json().path("id").asString()).isEqualTo(kept);
            assertThat(startNaps(api)).isNotEqualTo(job);
            assertThat(worker.view().path("state").asString()).isEqualTo("ACTIVE");
        }
    }

    private static String startNaps(Api api) {
        return api.start(
                "long nap(long x) throws InterruptedException { Thread.sleep(15); return x + 1; }",
                "nap",
                "{\"range\":{\"from\":0,\"to\":%d}}".formatted(TASKS),
                "{\"batchSize\":5,\"copies\":false}");
    }

    private static Response keyed(Api api) {
        return api.send(
                "POST",
                "/api/v1/environments",
                Map.of("Content-Type", "text/plain", "Idempotency-Key", "of-the-hour"),
                BodyPublishers.ofString("long same(long x) { return x; }"));
    }

    private static long succeeded(Api api, String job) {
        return api.job(job).path("tasks").path("succeeded").asLong();
    }

    /**
     * Compares the creation time of a new job with the clock of this test. A connection may be closed, because it
     * appears idle for an hour.
     */
    private static boolean hasJumped(Api api) {
        String job;
        try {
            job = api.start("long now(long x) { return x; }", "now", "[]");
        } catch (UncheckedIOException e) {
            return false;
        }
        Instant created = Instant.parse(api.job(job).path("createdAt").asString());
        return Duration.between(created, Instant.now()).abs().toMinutes() > 30;
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1d", "-1d"})
    void wrongClockOfAWorkerHasNoEffect(String offset) {
        try (FakeClock clock = FakeClock.create();
                MasterProcess master = MasterProcess.start("--minimalcluster.local-worker.enabled=false")) {
            clock.jump(offset);
            try (WorkerProcess worker = WorkerProcess.launch(clock.prefix(), master.url(), master, "elsewhen")) {
                worker.awaitRegistered();
                Api api = master.api();

                String job = startNaps(api);
                try (JobObserver observer = JobObserver.of(api, job)) {
                    observer.expectSuccess(TASKS, index -> Long.toString(index + 1));
                }

                JsonNode ended = api.job(job);
                for (String time : new String[] {"createdAt", "startedAt", "finishedAt"}) {
                    assertThat(Instant.parse(ended.path(time).asString()))
                            .as(time)
                            .isBetween(
                                    Instant.now().minus(Duration.ofHours(1)),
                                    Instant.now().plus(Duration.ofHours(1)));
                }
                assertThat(worker.view().path("state").asString()).isEqualTo("ACTIVE");
            }
        }
    }
}
