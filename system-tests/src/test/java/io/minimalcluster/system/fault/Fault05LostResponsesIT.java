package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.chaos.proxy.ChaosProxy;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.JobObserver;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.Seeded;
import io.minimalcluster.system.harness.Seeded.Chance;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Lost responses, duplicate requests and reordered requests. Checks I2 no lost result, I3 one outcome, I4 fence, I5
 * conservation and I11 idempotence.
 */
@ExtendWith(Seeded.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Fault05LostResponsesIT {
    private MasterProcess master;
    private ChaosProxy proxy;
    private Api direct;
    private Api lossy;
    private String environment;

    @BeforeAll
    void start() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.lease.duration=15s",
                "--minimalcluster.lease.heartbeat=1s");
        proxy = ChaosProxy.to(master.url(), 5);
        direct = master.api();
        lossy = Api.of(proxy.url(), master.read("authkey"));
        environment = direct.load("long same(long x) { return x; }");
    }

    @AfterAll
    void end() {
        proxy.close();
        master.close();
    }

    private String start(int tasks, int batchSize) {
        return direct.submit(
                        environment,
                        "same",
                        "{\"range\":{\"from\":0,\"to\":%d}}".formatted(tasks),
                        "{\"batchSize\":%d,\"copies\":false}".formatted(batchSize))
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    private static String lease(JsonNode batch) {
        return batch.path("leaseId").asString();
    }

    private static String recorded(Response response) {
        return response.expect(200).json().toString();
    }

    private void expectLostResponse(String call, Runnable action) {
        CompletableFuture<Void> lost = proxy.loseNextAnswer(call);
        assertThatThrownBy(action::run).isInstanceOf(UncheckedIOException.class);
        lost.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @Test
    void repeatedPollReturnsTheSameBatches() {
        String job = start(2, 1);
        RawWorker worker = RawWorker.register(direct, "repeats");
        expectLostResponse("/poll", () -> worker.through(lossy).poll("lost", 2, "5s"));
        assertThat(direct.job(job).path("tasks").path("running").asInt()).isEqualTo(2);

        JsonNode batches = worker.poll("lost", 2, "5s").expect(200).json().path("batches");

        assertThat(batches).hasSize(2);
        for (JsonNode batch : batches) {
            long first = batch.path("first").asLong();
            assertThat(recorded(worker.results(lease(batch), first, 1, "" + first, true)))
                    .isEqualTo("{\"recorded\":1,\"known\":0}");
        }
        assertThat(direct.values(job)).isEqualTo("[0,1]");
        worker.leave();
    }

    @Test
    void newPollReturnsBatchesOfTheLostResponse() {
        String job = start(3, 1);
        RawWorker worker = RawWorker.register(direct, "asks-anew");
        expectLostResponse("/poll", () -> worker.through(lossy).poll("lost", 2, "5s"));

        JsonNode healed = worker.poll("other", 1, "5s").expect(200).json().path("batches");

        assertThat(healed)
                .as("no new batch before the lost response is repeated")
                .hasSize(2);
        assertThat(direct.job(job).path("tasks").path("pending").asInt()).isEqualTo(1);
        direct.post("/jobs/" + job + "/cancel", "").expect(200);
        worker.leave();
    }

    @Test
    void repeatedResultsAreKnown() {
        String job = start(4, 4);
        RawWorker worker = RawWorker.register(direct, "posts");
        String lease = lease(worker.takeBatch());

        expectLostResponse("/results", () -> worker.through(lossy).results(lease, 0, 2, "0,1", false));
        assertThat(recorded(worker.results(lease, 0, 2, "-9,-9", false))).isEqualTo("{\"recorded\":0,\"known\":2}");
        expectLostResponse("/results", () -> worker.through(lossy).results(lease, 2, 2, "2,3", true));
        assertThat(recorded(worker.results(lease, 2, 2, "-9,-9", true))).isEqualTo("{\"recorded\":0,\"known\":2}");

        assertThat(direct.values(job)).isEqualTo("[0,1,2,3]");
        worker.leave();
    }

    @Test
    void registrationIsRepeatedAfterALostResponse() {
        expectLostResponse("/workers", () -> RawWorker.register(lossy, "twice"));
        RawWorker worker = RawWorker.register(direct, "twice");
        String job = start(2, 2);

        JsonNode batch = worker.takeBatch();
        assertThat(recorded(worker.results(lease(batch), 0, 2, "0,1", true))).isEqualTo("{\"recorded\":2,\"known\":0}");
        expectLostResponse("/workers", () -> worker.through(lossy).leave());
        worker.leave().problem(410, "worker-unknown");

        assertThat(direct.values(job)).isEqualTo("[0,1]");
    }

    @Test
    void concurrentDuplicateRequestsCountOnce() {
        String job = start(40, 4);
        RawWorker worker = RawWorker.register(direct, "doubles");
        for (int i = 0; i < 10; i++) {
            CompletableFuture<Response> one = worker.pollLater("twin-" + i, 1, "5s");
            CompletableFuture<Response> two = worker.pollLater("twin-" + i, 1, "5s");
            JsonNode batch = oneBatchOf(List.of(one.join(), two.join()));
            long first = batch.path("first").asLong();
            String values = "%d,%d,%d,%d".formatted(first, first + 1, first + 2, first + 3);
            List<Response> responses = List.of(
                            CompletableFuture.supplyAsync(() -> worker.results(lease(batch), first, 4, values, true)),
                            CompletableFuture.supplyAsync(() -> worker.results(lease(batch), first, 4, values, true)))
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(responses.stream().map(Fault05LostResponsesIT::recorded))
                    .containsExactlyInAnyOrder("{\"recorded\":4,\"known\":0}", "{\"recorded\":0,\"known\":4}");
        }
        JsonNode ended = direct.ended(job);
        assertThat(ended.path("tasks").path("succeeded").asInt()).isEqualTo(40);
        worker.leave();
    }

    /**
     * Returns the batch of two concurrent polls. The later poll may end the earlier one without a batch; otherwise both
     * return the same batch.
     */
    private static JsonNode oneBatchOf(List<Response> responses) {
        List<JsonNode> batches = new ArrayList<>();
        for (Response response : responses) {
            assertThat(response.status()).as(response.text()).isIn(200, 204);
            if (response.status() == 200) {
                response.json().path("batches").forEach(batches::add);
            }
        }
        assertThat(batches).isNotEmpty();
        assertThat(batches).allMatch(batch -> batch.equals(batches.getFirst()));
        return batches.getFirst();
    }

    @Test
    void reorderedRequestsCauseNoServerErrors(Chance chance) {
        int tasks = 30;
        String job = start(tasks, tasks);
        RawWorker worker = RawWorker.register(direct, "overtakes");
        RawWorker successor = RawWorker.register(direct, "inherits");
        String lease = lease(worker.takeBatch());
        List<Integer> parts = new ArrayList<>();
        for (int first = 0; first < tasks; first += 3) {
            parts.add(first);
            parts.add(first); // each part is posted twice
        }
        Collections.shuffle(parts, new Random(chance.seed()));
        int last = chance.between(parts.size() / 2, parts.size()); // the final part overtakes the parts after it
        for (int i = 0; i < parts.size(); i++) {
            int first = parts.get(i);
            String values = "%d,%d,%d".formatted(first, first + 1, first + 2);
            Response response = worker.results(lease, first, 3, values, i == last);
            assertThat(response.status()).as(response.text()).isIn(i > last ? List.of(200, 409) : List.of(200));
            worker.poll("old-" + chance.between(0, 3), 0, "0s", lease, "lease-long-gone")
                    .expect(200);
            worker.heartbeat(lease).expect(204);
        }
        while (direct.job(job).path("tasks").path("pending").asInt() > 0) {
            JsonNode batch = successor.takeBatch();
            long first = batch.path("first").asLong();
            int count = batch.path("count").asInt();
            List<String> values = new ArrayList<>();
            for (long index = first; index < first + count; index++) {
                values.add(Long.toString(index));
            }
            successor
                    .results(lease(batch), first, count, String.join(",", values), true)
                    .expect(200);
        }
        JsonNode values = Json.read(direct.values(job));
        for (int i = 0; i < tasks; i++) {
            assertThat(values.path(i).asInt(-1)).isEqualTo(i);
        }
        worker.leave();
        successor.leave();
    }

    @Test
    @Tag("faults")
    void randomlyLostResponsesCauseNoSecondAttempt(Chance chance) {
        int tasks = 150;
        try (WorkerProcess worker =
                WorkerProcess.startThrough(proxy.url(), master, "unlucky", "--minimalcluster.worker.slots=2")) {
            String job = direct.start(
                    "long nap(long x) throws InterruptedException { Thread.sleep(10); return 7 * x; }",
                    "nap",
                    "{\"range\":{\"from\":0,\"to\":%d}}".formatted(tasks),
                    "{\"batchSize\":5,\"copies\":false}");
            List<CompletableFuture<Void>> losses = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                losses.add(proxy.loseNextAnswer(chance.between(0, 2) == 0 ? "/poll" : "/results"));
            }
            try (JobObserver observer = JobObserver.of(direct, job)) {
                observer.expectSuccess(tasks, index -> Long.toString(7 * index));
            }
            assertThat(losses.stream().filter(CompletableFuture::isDone).count())
                    .isPositive();
            for (int index = 0; index < tasks; index++) {
                assertThat(direct.get("/jobs/" + job + "/tasks/" + index)
                                .json()
                                .path("attempts")
                                .asInt())
                        .isEqualTo(1);
            }
            proxy.heal();
            worker.program().terminate(); // otherwise its open poll takes tasks of the next test
            assertThat(worker.program().exitCode(Await.LONG)).isIn(0, 143);
        }
    }
}
