package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
@UseShared(QuietMaster.class)
class JobControlIT {
    private final QuietMaster master;
    private final Api api;
    private final String environment;

    JobControlIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
        this.environment = api.load("long same(long x) { return x; }");
    }

    private String start(int tasks, String options) {
        return api.submit(environment, "same", "{\"range\":{\"from\":0,\"to\":" + tasks + "}}", options)
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    private Response post(String job, String call) {
        return api.post("/jobs/" + job + "/" + call, "");
    }

    private String state(String job) {
        return api.job(job).path("state").asString();
    }

    private static String failure(long index, String type) {
        return """
            {"first":%d,"count":1,"values":[null],"done":true,
             "errors":[{"index":%d,"kind":"exception","type":"%s","message":"m","stackTrace":[],"attempts":1}]}\
            """.formatted(index, index, type);
    }

    @Test
    void pausedJobGetsNoBatchUntilItIsResumed() {
        String job = start(2, "{\"batchSize\":1}");
        RawWorker worker = master.newWorker("w");
        JsonNode batch = worker.takeBatch();

        JsonNode paused = post(job, "pause").expect(200).json();

        assertThat(paused.path("state").asString()).isEqualTo("PAUSED");
        assertThat(paused.path("reason").asString()).contains("paused");
        String lease = batch.path("leaseId").asString();
        worker.poll(1, "300ms", lease).expect(204);
        worker.results(lease, 0, 1, "0", true).expect(200);
        assertThat(post(job, "pause").expect(200).json().path("state").asString())
                .isEqualTo("PAUSED");
        var waiting = worker.pollLater("later", 1, "30s");
        assertThat(post(job, "resume").expect(200).json().path("state").asString())
                .isEqualTo("RUNNING");
        JsonNode next = waiting.join().expect(200).json().path("batches").get(0);
        worker.results(next.path("leaseId").asString(), 1, 1, "1", true).expect(200);
        assertThat(state(job)).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "retry"})
    void succeededJobRejectsPauseResumeAndRetry(String call) {
        String job = start(0, "{}");
        assertThat(post(job, call).problem(409, "conflict").path("state").asString())
                .isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "retry"})
    void jobControlNeedsTheOwner(String call) {
        String job = start(1, "{}");
        master.bob().post("/jobs/" + job + "/" + call, "").problem(404, "not-found");
        master.observer().post("/jobs/" + job + "/" + call, "").problem(403, "forbidden");
        assertThat(state(job)).isEqualTo("QUEUED");
        post("job-none", call).problem(404, "not-found");
    }

    @Test
    void retryRunsFailedTasksUnderNewLeases() {
        String job = start(3, "{\"batchSize\":1}");
        assertThat(post(job, "retry").problem(409, "conflict").path("state").asString())
                .isEqualTo("QUEUED");
        RawWorker worker = master.newWorker("w");
        String good = worker.takeBatch().path("leaseId").asString();
        String bad = worker.takeBatch(good).path("leaseId").asString();
        String cut = worker.takeBatch(good, bad).path("leaseId").asString();
        worker.results(good, 0, 1, "0", true).expect(200);
        worker.results(bad, failure(1, "E")).expect(200);
        post(job, "cancel").expect(200);
        assertThat(state(job)).isEqualTo("CANCELLED");

        JsonNode retried = post(job, "retry").expect(200).json();

        assertThat(retried.path("state").asString()).isEqualTo("QUEUED");
        assertThat(retried.path("tasks").path("pending").asLong()).isEqualTo(2);
        assertThat(retried.path("tasks").path("failed").asLong()).isZero();
        worker.results(cut, 2, 1, "99", true).problem(409, "lease-lost");
        JsonNode again = worker.takeBatch();
        assertThat(again.path("first").asLong()).isEqualTo(1);
        assertThat(again.path("attempt").asLong()).isEqualTo(1);
        worker.results(again.path("leaseId").asString(), 1, 1, "1", true).expect(200);
        worker.results(cut, 2, 1, "99", true).problem(409, "lease-lost");
        worker.results(worker.takeBatch().path("leaseId").asString(), 2, 1, "2", true)
                .expect(200);
        assertThat(api.values(job)).isEqualTo("[0,1,2]");
        assertThat(api.get("/jobs/" + job + "/results?order=completion").lines())
                .extracting(line -> line.path("index").asLong() + (line.has("error") ? " failed" : ""))
                .containsExactly("0", "1 failed", "1", "2");
    }

    @Test
    void jobFailsAtItsDeadline() {
        String job = start(2, "{\"deadlineSeconds\":0.5}");

        JsonNode ended = api.ended(job);

        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("reason").asString()).contains("deadline of 0.5 s passed", "2 tasks");
        assertThat(ended.path("tasks").path("cancelled").asLong()).isEqualTo(2);
        assertThat(api.get("/jobs/" + job + "/results?state=cancelled").lines())
                .hasSize(2)
                .allMatch(line -> line.path("error").path("kind").asString().equals("deadline"));
    }

    @Test
    void jobIsDeletedAfterItsRetention() {
        String job = start(0, "{\"keepSeconds\":0}");
        String kept = start(0, "{}");
        Await.until("the deletion of the job", () -> api.get("/jobs/" + job).status() == 404);
        api.get("/jobs/" + kept).expect(200);
    }

    @Test
    void jobFailsAboveMaxFailures() {
        String job = start(10, "{\"batchSize\":1,\"maxFailures\":\"10%\"}");
        RawWorker worker = master.newWorker("w");
        for (int i = 0; i < 2; i++) {
            worker.results(worker.takeBatch().path("leaseId").asString(), failure(i, "E"))
                    .expect(200);
        }
        JsonNode ended = api.job(job);
        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("reason").asString()).contains("2 of 10 tasks failed", "maxFailures", "8 tasks");
    }

    @Test
    void failedJobStopsItsLeasesOnAllWorkers() {
        String job = start(40, "{\"batchSize\":5,\"maxFailures\":3}");
        List<RawWorker> workers = new ArrayList<>();
        List<JsonNode> batches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            workers.add(master.newWorker("w" + i));
            batches.add(workers.get(i).takeBatch());
        }

        long recorded = IntStream.range(0, 8)
                .parallel()
                .mapToLong(i -> workers.get(i)
                        .results(batches.get(i).path("leaseId").asString(), failures(batches.get(i)))
                        .expect(200)
                        .json()
                        .path("recorded")
                        .asLong())
                .sum();

        JsonNode ended = api.job(job);
        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("tasks").path("failed").asLong())
                .isEqualTo(recorded)
                .isEqualTo(5);
        assertThat(ended.path("tasks").path("cancelled").asLong()).isEqualTo(35);
        for (int i = 0; i < 8; i++) {
            String lease = batches.get(i).path("leaseId").asString();
            JsonNode order = workers.get(i).poll(1, "5s", lease).expect(200).json();
            assertThat(order.path("stop")).extracting(JsonNode::asString).containsExactly(lease);
        }
    }

    private static String failures(JsonNode batch) {
        long first = batch.path("first").asLong();
        String errors = LongStream.range(first, first + 5)
                .mapToObj(
                        "{\"index\":%d,\"kind\":\"exception\",\"type\":\"E\",\"stackTrace\":[],\"attempts\":1}"
                                ::formatted)
                .collect(Collectors.joining(","));
        return "{\"first\":%d,\"count\":5,\"values\":[null,null,null,null,null],\"done\":true,\"errors\":[%s]}"
                .formatted(first, errors);
    }

    @Test
    void retryOnRetriesListedExceptions() {
        String job = start(1, "{\"retryOn\":[\"IOException\"],\"maxAttempts\":2}");
        RawWorker worker = master.newWorker("w");
        for (int attempt = 1; attempt <= 2; attempt++) {
            JsonNode batch = worker.takeBatch();
            assertThat(batch.path("attempt").asInt()).isEqualTo(attempt);
            worker.results(batch.path("leaseId").asString(), failure(0, "java.io.IOException"))
                    .expect(200);
        }
        assertThat(state(job)).isEqualTo("FAILED");
        JsonNode error = api.get("/jobs/" + job + "/tasks/0").json().path("error");
        assertThat(error.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void retryOnMatchesSuperclasses() {
        String job = start(1, "{\"retryOn\":[\"java.io.IOException\"],\"maxAttempts\":3}");
        RawWorker worker = master.newWorker("w");
        String named = failure(0, "java.io.FileNotFoundException")
                .replace("\"type\"", "\"supertypes\":[\"java.io.IOException\",\"java.lang.Exception\"],\"type\"");
        String other =
                failure(0, "Main$Other").replace("\"type\"", "\"supertypes\":[\"java.lang.Exception\"],\"type\"");
        for (String failure : List.of(named, other)) {
            JsonNode batch = worker.takeBatch();
            worker.results(batch.path("leaseId").asString(), failure).expect(200);
        }
        assertThat(state(job)).isEqualTo("FAILED");
        JsonNode error = api.get("/jobs/" + job + "/tasks/0").json().path("error");
        assertThat(error.path("attempts").asInt()).isEqualTo(2);
        assertThat(error.path("type").asString()).isEqualTo("Main$Other");
        assertThat(error.has("supertypes")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"deadlineSeconds\":0}|deadlineSeconds",
                "{\"deadlineSeconds\":-1}|deadlineSeconds",
                "{\"keepSeconds\":-1}|keepSeconds",
                "{\"retryOn\":[\"\"]}|retryOn"
            })
    void optionsOutOfBoundsAreRejected(String options, String field) {
        JsonNode problem = api.submit(environment, "same", "[1]", options).problem(422, "invalid-option");
        assertThat(problem.path("field").asString()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"101%\"", "-1", "1.5", "\"many\""})
    void invalidMaxFailuresIsRejected(String failures) {
        int status = api.submit(environment, "same", "[1]", "{\"maxFailures\":" + failures + "}")
                .status();
        assertThat(status).isIn(400, 422);
    }

    @Test
    void explanationGivesThePendingReason() {
        String job = start(3, "{\"batchSize\":1,\"requires\":{}}");
        JsonNode alone = explain(job);
        assertThat(alone.path("cause").asString()).isIn("no-worker", "only-draining");
        assertThat(api.job(job).path("reason").asString())
                .isEqualTo(alone.path("reason").asString());
        RawWorker worker = master.newWorker("w");
        assertThat(explain(job).path("cause").asString()).isEqualTo("handing-out");
        worker.takeBatch(worker.takeBatch().path("leaseId").asString());
        assertThat(explain(job).path("cause").asString()).isEqualTo("running");
        String second = start(1, "{}");
        JsonNode behind = explain(second);
        assertThat(behind.path("cause").asString()).isEqualTo("behind-others");
        assertThat(behind.path("ahead").get(0).path("jobId").asString()).isEqualTo(job);
        post(second, "cancel").expect(200);
        assertThat(explain(second).path("cause").asString()).isEqualTo("ended");
    }

    @Test
    void explanationNamesMissingWorkers() {
        RawWorker worker = master.newWorker("w");
        String labelled = start(1, "{\"requires\":{\"gpu\":\"yes\"}}");
        String networked = start(1, "{\"network\":true}");
        String paused = start(1, "{}");
        post(paused, "pause").expect(200);

        JsonNode labels = explain(labelled);
        assertThat(labels.path("cause").asString()).isEqualTo("no-fitting-worker");
        assertThat(labels.path("reason").asString()).contains("gpu=yes");
        assertThat(labels.path("requires").path("gpu").asString()).isEqualTo("yes");
        assertThat(labels.path("workers").path("active").asInt()).isEqualTo(1);
        assertThat(labels.path("workers").path("fitting").asInt()).isZero();
        assertThat(explain(networked).path("cause").asString()).isEqualTo("no-fitting-worker");
        assertThat(explain(networked).path("reason").asString()).contains("network");
        assertThat(explain(paused).path("cause").asString()).isEqualTo("paused");
        master.admin().post("/workers/" + worker.id() + "/drain", "").expect(204);
        assertThat(explain(start(1, "{}")).path("cause").asString()).isEqualTo("only-draining");
        worker.leave().expect(204);
        assertThat(explain(networked).path("cause").asString()).isEqualTo("no-worker");
        master.bob().get("/jobs/" + labelled + "/explain").problem(404, "not-found");
    }

    private JsonNode explain(String job) {
        return api.get("/jobs/" + job + "/explain").expect(200).json();
    }
}
