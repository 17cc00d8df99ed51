package io.minimalcluster.system.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("postgres")
@UseShared(QuietMaster.class)
class RawWorkerIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final QuietMaster master;
    private final Api api;
    private final String environment;

    RawWorkerIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
        this.environment = api.load(SQUARE);
    }

    private String start(String args, String options) {
        return api.submit(environment, "square", args, options)
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    private static String lease(JsonNode batch) {
        return batch.path("leaseId").asString();
    }

    private JsonNode view(String id) {
        return StreamSupport.stream(
                        api.get("/workers?limit=1000")
                                .expect(200)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(worker -> worker.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void awaitState(RawWorker worker, String state) {
        Await.until(
                "worker " + state,
                () -> view(worker.id()).path("state").asString().equals(state));
    }

    @Test
    void registeredWorkerIsListed() {
        RawWorker worker = master.newWorker("shown");

        JsonNode view = view(worker.id());
        assertThat(view.path("name").asString()).isEqualTo("shown");
        assertThat(view.path("host").asString()).isEqualTo("here");
        assertThat(view.path("slots").asInt()).isEqualTo(2);
        assertThat(view.path("busy").asInt()).isZero();
        assertThat(view.path("state").asString()).isEqualTo("ACTIVE");
        assertThat(view.path("isolation").asString()).isEqualTo("process");
        assertThat(view.path("local").asBoolean(true)).isFalse();
    }

    @Test
    void registrationReturnsHeartbeatIntervalAndLease() {
        JsonNode accepted = master.worker()
                .post("/workers", RawWorker.registration("told", 1, 1, "25"))
                .expect(201)
                .json();

        assertThat(accepted.path("heartbeatSeconds").asDouble()).isEqualTo(0.5);
        assertThat(accepted.path("leaseSeconds").asDouble()).isEqualTo(2);
        master.worker()
                .delete("/workers/" + accepted.path("workerId").asString())
                .expect(204);
    }

    @ParameterizedTest
    @CsvSource({"1,0,25.0.1", "1,999,25.0.1", "1,1,21.0.2"})
    void otherProtocolsAndOlderJavaAreRejected(int slots, int protocol, String java) {
        master.worker()
                .post("/workers", RawWorker.registration("old", slots, protocol, java))
                .problem(422, "unsupported-protocol");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_000})
    void slotsOutOfBoundsAreRejected(int slots) {
        JsonNode problem = master.worker()
                .post("/workers", RawWorker.registration("slots", slots, 1, "25"))
                .problem(422, "invalid-option");

        assertThat(problem.path("field").asString()).isEqualTo("slots");
    }

    @Test
    void batchHasAllRequiredFields() {
        String job = start("[7,8,9]", "{\"batchSize\":2,\"taskTimeoutSeconds\":30}");
        RawWorker worker = master.newWorker("needs");

        JsonNode batch = worker.takeBatch();

        assertThat(lease(batch)).startsWith("lease-");
        assertThat(batch.path("jobId").asString()).isEqualTo(job);
        assertThat(batch.path("environmentId").asString()).isEqualTo(environment);
        assertThat(batch.path("method").asString()).isEqualTo("square(long)");
        assertThat(batch.path("first").asLong(-1)).isZero();
        assertThat(batch.path("count").asInt()).isEqualTo(2);
        assertThat(batch.path("args").toString()).isEqualTo("[7,8]");
        assertThat(batch.path("attempt").asInt()).isEqualTo(1);
        assertThat(batch.path("taskTimeoutSeconds").asDouble()).isEqualTo(30);
        assertThat(batch.path("maxResultBytes").asLong()).isEqualTo(QuietMaster.RESULT_BYTES);
        assertThat(batch.path("network").asBoolean(true)).isFalse();
        assertThat(batch.path("scope").asString()).isNotBlank();
        assertThat(view(worker.id()).path("busy").asInt()).isEqualTo(1);
    }

    @Test
    void batchOfARangeHasFromAndStep() {
        start("{\"range\":{\"from\":100,\"to\":0,\"step\":-7}}", "{\"batchSize\":5}");

        JsonNode batch = master.newWorker("range").takeBatch();

        assertThat(batch.path("range").toString()).isEqualTo("{\"from\":100,\"step\":-7}");
        assertThat(batch.has("args")).isFalse();
    }

    @Test
    void repeatedPollReturnsTheSameBatches() {
        start("[1,2,3,4]", "{\"batchSize\":1}");
        RawWorker worker = master.newWorker("again");

        JsonNode first = worker.poll("same", 2, "5s").expect(200).json().path("batches");
        JsonNode again = worker.poll("same", 2, "5s").expect(200).json().path("batches");

        assertThat(first).hasSize(2);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void newerPollEndsAnOlderOneWith204() {
        RawWorker worker = master.newWorker("twice");
        CompletableFuture<Response> older = worker.pollLater("older", 1, "60s");
        // the older poll may arrive second, and then ends the newer one; a third poll ends the remaining one
        CompletableFuture<Response> newer = worker.pollLater("newer", 1, "60s");
        CompletableFuture<Object> one = CompletableFuture.anyOf(older, newer).orTimeout(10, TimeUnit.SECONDS);
        assertThat(((Response) one.join()).status()).isEqualTo(204);

        worker.poll("last", 1, "0s").expect(204);

        assertThat(older.orTimeout(10, TimeUnit.SECONDS).join().status()).isEqualTo(204);
        assertThat(newer.orTimeout(10, TimeUnit.SECONDS).join().status()).isEqualTo(204);
    }

    @Test
    void waitingPollGetsTheFirstAvailableBatch() {
        RawWorker worker = master.newWorker("early");
        CompletableFuture<Response> waiting = worker.pollLater("waits", 1, "30s");

        start("[1]", "{}");

        assertThat(waiting.orTimeout(10, TimeUnit.SECONDS)
                        .join()
                        .expect(200)
                        .json()
                        .path("batches"))
                .hasSize(1);
    }

    @Test
    void pollWithoutFreeSlotsEndsWith204() {
        start("[1]", "{}");

        master.newWorker("full").poll(0, "300ms").expect(204);
    }

    @Test
    void pollResendsMissingLeases() {
        start("[1]", "{}");
        RawWorker worker = master.newWorker("lacks");
        JsonNode batch = worker.takeBatch();

        worker.poll(0, "100ms", lease(batch)).expect(204);
        JsonNode healed = worker.poll(0, "5s").expect(200).json().path("batches");

        assertThat(healed).hasSize(1);
        assertThat(healed.get(0)).isEqualTo(batch);
    }

    @Test
    void pollStopsLeasesTheWorkerShouldNotHold() {
        JsonNode answer = master.newWorker("surplus")
                .poll(0, "5s", "lease-from-elsewhere")
                .expect(200)
                .json();

        assertThat(answer.path("stop").toString()).isEqualTo("[\"lease-from-elsewhere\"]");
        assertThat(answer.path("batches")).isEmpty();
    }

    @Test
    void cancelStopsALeaseWithinTwoSeconds() {
        String job = start("[1,2]", "{}");
        RawWorker worker = master.newWorker("stops");
        String lease = lease(worker.takeBatch());
        CompletableFuture<Response> open = worker.pollLater("open", 0, "30s", lease);

        api.post("/jobs/" + job + "/cancel", "").expect(200);

        JsonNode answer = open.orTimeout(2, TimeUnit.SECONDS).join().expect(200).json();
        assertThat(answer.path("stop").toString()).isEqualTo("[\"" + lease + "\"]");
        Response late = worker.results(lease, 0, 1, "1", true).expect(200);
        assertThat(late.json().toString()).isEqualTo("{\"recorded\":0,\"known\":1}");
    }

    @Test
    void partsAreRecordedInAnyOrder() {
        String job = start("[1,2,3,4]", "{\"batchSize\":4}");
        RawWorker worker = master.newWorker("parts");
        String lease = lease(worker.takeBatch());

        assertThat(worker.results(lease, 2, 2, "9,16", false).expect(200).json().toString())
                .isEqualTo("{\"recorded\":2,\"known\":0}");
        assertThat(worker.results(lease, 2, 2, "9,16", false).expect(200).json().toString())
                .isEqualTo("{\"recorded\":0,\"known\":2}");
        assertThat(worker.results(lease, 0, 3, "1,4,-1", true)
                        .expect(200)
                        .json()
                        .toString())
                .isEqualTo("{\"recorded\":2,\"known\":1}");
        assertThat(worker.results(lease, 0, 4, "0,0,0,0", true)
                        .expect(200)
                        .json()
                        .toString())
                .isEqualTo("{\"recorded\":0,\"known\":4}");

        assertThat(api.values(job)).isEqualTo("[1,4,9,16]");
    }

    @Test
    void emptyPartReturnsAnUnstartedBatch() {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("unstarted");
        String lease = lease(worker.takeBatch());

        assertThat(worker.results(lease, 0, 0, "", true).expect(200).json().toString())
                .isEqualTo("{\"recorded\":0,\"known\":0}");

        assertThat(api.job(job).path("tasks").path("pending").asLong()).isEqualTo(2);
    }

    @Test
    void unrecordedTasksArePendingAndUncharged() {
        String job = start("[1,2,3]", "{\"batchSize\":3}");
        RawWorker worker = master.newWorker("returns");
        String lease = lease(worker.takeBatch());

        worker.results(lease, 0, 1, "1", true).expect(200);

        JsonNode tasks = api.job(job).path("tasks");
        assertThat(tasks.path("pending").asLong()).isEqualTo(2);
        assertThat(tasks.path("running").asLong()).isZero();
        JsonNode rest = worker.takeBatch();
        assertThat(rest.path("first").asLong()).isEqualTo(1);
        assertThat(rest.path("attempt").asInt()).isEqualTo(1);
        worker.results(lease, 1, 1, "4", true).problem(409, "lease-lost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"first\":0,\"count\":2,\"values\":[1],\"done\":true}",
                "{\"first\":0,\"count\":1,\"values\":[1,2],\"done\":true}",
                "{\"first\":0,\"count\":-1,\"values\":[],\"done\":true}",
                "{\"count\":1,\"values\":[1],\"done\":true}",
                "{\"first\":2,\"count\":1,\"values\":[1],\"done\":true}",
                "{\"first\":-1,\"count\":1,\"values\":[1],\"done\":true}",
                "{\"first\":0,\"count\":1,\"values\":[1}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"micros\":[1,2,3],\"done\":true}",
                "{\"first\":0,\"count\":1,\"values\":null,\"done\":true}",
                "{\"first\":9223372036854775807,\"count\":1,\"values\":[1],\"done\":true}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"errors\":[{\"index\":0,\"kind\":\"exception\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":1,\"kind\":\"exception\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[null],\"errors\":[{\"index\":0,\"kind\":\"magic\",\"attempts\":1}]}",
                "{\"first\":0,\"count\":1,\"values\":[1],\"output\":[{\"index\":7,\"text\":\"x\",\"truncated\":false}]}",
                "[]",
                ""
            })
    void inconsistentPartIsRejected(String part) {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("wrong");
        String lease = lease(worker.takeBatch());

        worker.results(lease, part).problem(400, "malformed-request");

        assertThat(api.job(job).path("tasks").path("running").asLong()).isEqualTo(2);
    }

    @Test
    void resultOverTheLimitIsRecordedAsTooLarge() {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("large");
        String lease = lease(worker.takeBatch());

        worker.results(lease, 0, 2, "\"" + "x".repeat(QuietMaster.RESULT_BYTES) + "\",4", true)
                .expect(200);

        assertThat(api.values(job)).isEqualTo("[null,4]");
        assertThat(api.get("/jobs/" + job + "/tasks/0")
                        .json()
                        .path("error")
                        .path("kind")
                        .asString())
                .isEqualTo("result-too-large");
    }

    @Test
    void crashedTaskIsRetriedUpToMaxAttempts() {
        String job = start("[1]", "{\"maxAttempts\":2}");
        RawWorker worker = master.newWorker("crashes");
        String crash = """
                {"first":0,"count":1,"values":[null],"errors":[{"index":0,"kind":"crash","attempts":%d}],"done":true}""";

        JsonNode first = worker.takeBatch();
        worker.results(lease(first), crash.formatted(1)).expect(200);
        JsonNode second = worker.takeBatch();
        assertThat(second.path("attempt").asInt()).isEqualTo(2);
        worker.results(lease(second), crash.formatted(2)).expect(200);

        assertThat(api.ended(job).path("state").asString()).isEqualTo("FAILED");
        JsonNode error = api.get("/jobs/" + job + "/tasks/0").json().path("error");
        assertThat(error.path("kind").asString()).isEqualTo("crash");
        assertThat(error.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void resultsOfALapsedLeaseAreRecorded() {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("silent");
        String lease = lease(worker.takeBatch());
        awaitState(worker, "SILENT");
        assertThat(api.job(job).path("tasks").path("pending").asLong()).isEqualTo(2);

        assertThat(worker.results(lease, 0, 2, "1,4", true).expect(200).json().toString())
                .isEqualTo("{\"recorded\":2,\"known\":0}");

        assertThat(api.values(job)).isEqualTo("[1,4]");
        assertThat(view(worker.id()).path("state").asString()).isEqualTo("ACTIVE");
    }

    @Test
    void resultsOfALostLeaseAreRejected() {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker silent = master.newWorker("lost");
        String lost = lease(silent.takeBatch());
        awaitState(silent, "SILENT");
        RawWorker other = master.newWorker("other");
        JsonNode batch = other.takeBatch();

        silent.results(lost, 0, 2, "-1,-1", true).problem(409, "lease-lost");
        JsonNode response = silent.poll(0, "5s", lost).expect(200).json();
        other.results(lease(batch), 0, 2, "1,4", true).expect(200);
        silent.results(lost, 0, 2, "-1,-1", true).problem(409, "lease-lost");

        assertThat(response.path("stop").toString()).contains(lost);
        assertThat(api.values(job)).isEqualTo("[1,4]");
    }

    @Test
    void heartbeatRenewsLeases() {
        String job = start("[1]", "{}");
        RawWorker worker = master.newWorker("alive");
        String lease = lease(worker.takeBatch());
        RawWorker idle = master.newWorker("idle");
        awaitState(idle, "ACTIVE");
        Await.until("the timeout of the idle worker", () -> {
            worker.heartbeat(lease).expect(204);
            return view(idle.id()).path("state").asString().equals("SILENT");
        });

        assertThat(view(worker.id()).path("state").asString()).isEqualTo("ACTIVE");
        assertThat(api.job(job).path("tasks").path("running").asLong()).isEqualTo(1);
        assertThat(api.job(job).path("tasks").path("pending").asLong()).isZero();
    }

    @Test
    void leasesOfALeavingWorkerAreReleased() {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("leaver");
        String lease = lease(worker.takeBatch());

        worker.leave().expect(204);

        assertThat(api.job(job).path("tasks").path("pending").asLong()).isEqualTo(2);
        assertThat(master.newWorker("heir").takeBatch().path("attempt").asInt()).isEqualTo(1);
        Response late = worker.results(lease, 0, 2, "1,4", true);
        assertThat(late.status()).as(late.text()).isIn(409, 410);
    }

    @Test
    void leasesOfAReplacedWorkerAreReleased() {
        String job = start("[1,2]", "{\"batchSize\":2}");
        RawWorker before = master.newWorker("restarted");
        before.takeBatch();
        String again = RawWorker.registration("restarted", 1, 1, "25")
                .replaceFirst("\\{", "{\"replaces\":\"" + before.id() + "\",");

        String id = master.worker()
                .post("/workers", again)
                .expect(201)
                .json()
                .path("workerId")
                .asString();

        assertThat(api.job(job).path("tasks").path("pending").asLong()).isEqualTo(2);
        master.worker().delete("/workers/" + id).expect(204);
    }

    @Test
    void drainingWorkerIsNotifiedAndGetsNoBatch() {
        RawWorker worker = master.newWorker("drained");
        CompletableFuture<Response> open = worker.pollLater("open", 1, "30s");

        master.admin().post("/workers/" + worker.id() + "/drain", "").expect(204);
        JsonNode response =
                open.orTimeout(5, TimeUnit.SECONDS).join().expect(200).json();
        start("[1]", "{}");

        assertThat(response.path("drain").asBoolean()).isTrue();
        assertThat(worker.poll(1, "300ms").expect(200).json().path("batches")).isEmpty();
        assertThat(view(worker.id()).path("state").asString()).isEqualTo("DRAINING");
        master.admin().post("/workers/" + worker.id() + "/resume", "").expect(204);
        assertThat(worker.takeBatch().path("count").asInt()).isEqualTo(1);
        api.post("/workers/" + worker.id() + "/drain", "").problem(403, "forbidden");
    }

    @Test
    void unknownWorkerIdIsGone() {
        Api worker = master.worker();

        worker.post("/workers/worker-none/poll?wait=1s", "{\"requestId\":\"r\",\"slots\":1,\"held\":[]}")
                .problem(410, "worker-unknown");
        worker.post("/workers/worker-none/heartbeat", "{\"leases\":[]}").problem(410, "worker-unknown");
        worker.post(
                        "/workers/worker-none/leases/lease-none/results",
                        "{\"first\":0,\"count\":0,\"values\":[],\"done\":true}")
                .problem(410, "worker-unknown");
        worker.delete("/workers/worker-none").problem(410, "worker-unknown");
    }

    @Test
    void leaseOfAnotherWorkerIsLost() {
        start("[1]", "{}");
        String lease = lease(master.newWorker("owner").takeBatch());

        master.newWorker("thief").results(lease, 0, 1, "1", true).problem(409, "lease-lost");
        master.newWorker("dreamer").results("lease-none", 0, 1, "1", true).problem(409, "lease-lost");
    }

    @Test
    void invalidPollIsRejected() {
        RawWorker worker = master.newWorker("odd");

        for (String body :
                new String[] {"", "[]", "{\"slots\":1,\"held\":[]}", "{\"requestId\":\"r\",\"slots\":\"many\"}"}) {
            master.worker().post(worker.path("/poll"), body).problem(400, "malformed-request");
        }
        master.worker()
                .post(worker.path("/poll"), "{\"requestId\":\"r\",\"slots\":-1,\"held\":[]}")
                .problem(422, "invalid-option");
    }
}
