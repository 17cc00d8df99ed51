package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("postgres")
@UseShared(QuietMaster.class)
class JobIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final QuietMaster master;
    private final Api api;
    private final String environment;

    JobIT(QuietMaster master) {
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

    private static long sum(JsonNode tasks) {
        return List.of("pending", "running", "succeeded", "failed", "cancelled").stream()
                .mapToLong(state -> tasks.path(state).asLong())
                .sum();
    }

    @Test
    void jobIsQueuedWithAReasonWithoutAWorker() {
        Response response = api.submit(environment, "square", "[1,2,3]", """
            {"name":"mine","labels":{"team":"x"},"priority":7,"taskTimeoutSeconds":2.5,"maxAttempts":2,"batchSize":2}\
            """);

        JsonNode job = response.expect(202).json();
        assertThat(response.header("Location"))
                .isEqualTo("/api/v1/jobs/" + job.path("id").asString());
        assertThat(job.path("id").asString()).startsWith("job-");
        assertThat(job.path("state").asString()).isEqualTo("QUEUED");
        assertThat(job.path("reason").asString()).isNotBlank();
        assertThat(job.path("name").asString()).isEqualTo("mine");
        assertThat(job.path("method").asString()).isEqualTo("square(long)");
        assertThat(job.path("environmentId").asString()).isEqualTo(environment);
        assertThat(job.path("createdBy").asString()).isEqualTo("alice");
        assertThat(job.path("options").path("labels").path("team").asString()).isEqualTo("x");
        assertThat(job.path("options").path("taskTimeoutSeconds").asDouble()).isEqualTo(2.5);
        assertThat(job.path("tasks").path("total").asLong()).isEqualTo(3);
        assertThat(job.path("tasks").path("pending").asLong()).isEqualTo(3);
        assertThat(api.job(job.path("id").asString())).isEqualTo(job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"range\":{\"from\":5,\"to\":5}}", "{\"range\":{\"from\":5,\"to\":1}}"})
    void jobWithoutTasksSucceedsImmediately(String args) {
        String id = start(args, "{}");

        assertThat(api.job(id).path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(api.get("/jobs/" + id + "/values").expect(200).text()).isEqualTo("[]\n");
        assertThat(api.get("/jobs/" + id + "/results").expect(200).text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,10,1,10", "0,10,3,4", "10,0,-3,4", "-5,5,5,2", "9223372036854775806,9223372036854775807,1,1"})
    void rangeTaskCountHonoursStepAndExclusiveEnd(long from, long to, long step, long count) {
        String id = start("{\"range\":{\"from\":%d,\"to\":%d,\"step\":%d}}".formatted(from, to, step), "{}");

        assertThat(api.job(id).path("tasks").path("total").asLong()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"range\":{\"from\":0,\"to\":10,\"step\":0}}|step",
                "{\"range\":{\"from\":-9223372036854775808,\"to\":9223372036854775807}}|range"
            })
    void rangeOutOfBoundsIsRejected(String args, String field) {
        JsonNode problem = api.submit(environment, "square", args, "{}").problem(422, "invalid-option");

        assertThat(problem.path("field").asString()).isEqualTo(field);
        assertThat(problem.path("allowed").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2147483640,2147483649,1|8",
                "2147483648,2147483649,1|0",
                "-2147483000,-2147483800,-100|7",
                "0,9007199254740992,4294967296|1"
            })
    void firstRangeValueOutsideTheParameterTypeIsReported(String range, long index) {
        String[] bounds = range.split(",", -1);
        String args = "{\"range\":{\"from\":%s,\"to\":%s,\"step\":%s}}".formatted((Object[]) bounds);

        JsonNode problem = api.submit(api.load("int narrow(int x) { return x; }"), "narrow", args, "{}")
                .problem(422, "invalid-arguments");

        assertThat(problem.path("index").asLong(-1)).isEqualTo(index);
        assertThat(problem.path("expected").asString()).contains("-2147483648 to 2147483647");
    }

    @Test
    void rangeUpToTheBoundsOfTheParameterIsAccepted() {
        String environment = api.load("int narrow(int x) { return x; }");
        for (String range : List.of("\"from\":2147483640,\"to\":2147483648", "\"from\":5000000000,\"to\":0")) {
            api.submit(environment, "narrow", "{\"range\":{" + range + "}}", "{}")
                    .expect(202);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"priority\":10}|priority|0 to 9",
                "{\"priority\":-1}|priority|0 to 9",
                "{\"maxAttempts\":0}|maxAttempts|1 to 100",
                "{\"batchSize\":0}|batchSize|1 to 1000000",
                "{\"taskTimeoutSeconds\":-1}|taskTimeoutSeconds|0 to 100000000"
            })
    void optionOutOfBoundsIsRejected(String options, String field, String allowed) {
        JsonNode problem = api.submit(environment, "square", "[1]", options).problem(422, "invalid-option");

        assertThat(problem.path("field").asString()).isEqualTo(field);
        assertThat(problem.path("allowed").asString()).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1,2,\"x\"]|2",
                "[1.5]|0",
                "[1,9223372036854775808]|1",
                "[null]|0",
                "[1,true]|1",
                "[[1]]|0",
                "[{}]|0"
            })
    void firstInvalidArgumentIsReportedAndNothingStored(String args, long index) {
        long before = countJobs();

        JsonNode problem = api.submit(environment, "square", args, "{}").problem(422, "invalid-arguments");

        assertThat(problem.path("index").asLong(-1)).isEqualTo(index);
        assertThat(problem.path("expected").asString()).isNotBlank();
        assertThat(countJobs()).isEqualTo(before);
    }

    private long countJobs() {
        return api.get("/jobs?limit=1000").expect(200).json().path("items").size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1,2\"", "null", "{}", "{\"list\":[1]}"})
    void argumentsOtherThanAListAreRejected(String args) {
        Response response = api.submit(environment, "square", args, "{}");

        response.problem(response.status(), response.status() == 400 ? "malformed-request" : "invalid-arguments");
        assertThat(response.status()).isIn(400, 422);
    }

    @Test
    void argumentsBeforeTheFunctionAreValidated() {
        JsonNode problem = api.post(
                        "/jobs",
                        "{\"args\":[1,2,\"x\"],\"environmentId\":\"%s\",\"method\":\"square\"}".formatted(environment))
                .problem(422, "invalid-arguments");

        assertThat(problem.path("index").asLong(-1)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"args\":[1",
                "{\"args\":[1,]}",
                "{\"args\":[NaN]}",
                "{\"args\":[1]} trailing",
                "{\"args\":[1],\"surprise\":1}",
                "{\"args\":[1],\"args\":[2]}",
                "{\"options\":{\"surprise\":1}}",
                "{\"options\":{\"priority\":\"high\"}}",
                "[]",
                "",
                "null"
            })
    void malformedBodyIsRejected(String body) {
        api.post("/jobs", body).problem(400, "malformed-request");
    }

    @Test
    void jobNeedsExactlyOneFunction() {
        api.post("/jobs", "{\"function\":\"nowhere\",\"args\":[1]}").problem(422, "unknown-function");
        api.submit(environment, "cube", "[1]", "{}").problem(422, "unknown-function");
        api.submit("env-none", "square", "[1]", "{}").problem(404, "not-found");
        api.post("/jobs", "{\"args\":[1]}").problem(400, "malformed-request");
        api.post("/jobs", "{\"function\":\"f\",\"environmentId\":\"e\",\"method\":\"m\",\"args\":[1]}")
                .problem(400, "malformed-request");
        api.post("/jobs", "text/plain", "{}").problem(415, "unsupported-media-type");
    }

    @Test
    void jobHasTheValuesPostedByAWorker() {
        String id = start("[3,4,5]", "{}");
        RawWorker worker = master.newWorker("hands");
        JsonNode batch = worker.takeBatch();

        assertThat(api.job(id).path("state").asString()).isEqualTo("RUNNING");
        processBatches(worker, batch, id);

        JsonNode job = api.ended(id);
        assertThat(job.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(job.path("tasks").path("succeeded").asLong()).isEqualTo(3);
        assertThat(job.path("startedAt").asString()).isNotBlank();
        assertThat(job.path("finishedAt").asString()).isNotBlank();
        assertThat(api.get("/jobs/" + id + "/values").expect(200).text()).isEqualTo("[9,16,25]\n");
    }

    /** Computes squares of listed arguments until the job has ended. */
    private void processBatches(RawWorker worker, JsonNode first, String id) {
        JsonNode batch = first;
        while (true) {
            StringBuilder values = new StringBuilder();
            batch.path("args")
                    .forEach(arg -> values.append(values.isEmpty() ? "" : ",").append(arg.asLong() * arg.asLong()));
            worker.results(
                            batch.path("leaseId").asString(),
                            batch.path("first").asLong(),
                            batch.path("count").asInt(),
                            values.toString(),
                            true)
                    .expect(200);
            if (!api.job(id).path("finishedAt").asString("").isEmpty()) {
                return;
            }
            batch = worker.takeBatch();
        }
    }

    @Test
    void waitReturnsAtTheEndOfTheJobOrOfTheWait() {
        String id = start("[1]", "{}");
        assertThat(api.get("/jobs/" + id + "?wait=200ms")
                        .expect(200)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("QUEUED");
        CompletableFuture<Response> waiting = CompletableFuture.supplyAsync(() -> api.get("/jobs/" + id + "?wait=60s"));

        RawWorker worker = master.newWorker("waited-for");
        processBatches(worker, worker.takeBatch(), id);

        assertThat(waiting.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS)
                        .join()
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "soon", "10", ""})
    void invalidWaitIsRejected(String wait) {
        String id = start("[]", "{}");

        assertThat(api.get("/jobs/" + id + "?wait=" + wait)
                        .problem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("wait");
    }

    @Test
    void jobsArePagedNewestFirstByState() {
        List<String> ids = List.of(start("[1]", "{}"), start("[1]", "{}"), start("[1]", "{}"));
        String ended = start("[]", "{}");

        JsonNode first = api.get("/jobs?state=QUEUED&limit=2").expect(200).json();
        JsonNode second = api.get(
                        "/jobs?state=QUEUED&limit=2&after=" + first.path("next").asString())
                .expect(200)
                .json();

        assertThat(first.path("items"))
                .extracting(job -> job.path("id").asString())
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(second.path("items"))
                .extracting(job -> job.path("id").asString())
                .containsExactly(ids.get(0));
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(api.get("/jobs?limit=1")
                        .json()
                        .path("items")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo(ended);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=-1", "limit=1000000000", "limit=x", "after=foreign", "state=LATE", "nope=1"})
    void invalidListQueryIsRejected(String query) {
        JsonNode problem = api.get("/jobs?" + query).problem(400, "malformed-request");

        assertThat(problem.path("field").asString()).isEqualTo(query.replaceAll("=.*", ""));
    }

    @Test
    void cancelKeepsFinishedTasks() {
        String id = start("[1,2,3,4]", "{\"batchSize\":2}");
        RawWorker worker = master.newWorker("cancelled");
        JsonNode batch = worker.takeBatch();
        worker.results(batch.path("leaseId").asString(), 0, 1, "1", false).expect(200);

        JsonNode job = api.post("/jobs/" + id + "/cancel", "").expect(200).json();

        assertThat(job.path("state").asString()).isEqualTo("CANCELLED");
        assertThat(job.path("tasks").path("succeeded").asLong()).isEqualTo(1);
        assertThat(job.path("tasks").path("cancelled").asLong()).isEqualTo(3);
        assertThat(sum(job.path("tasks"))).isEqualTo(4);
        assertThat(api.get("/jobs/" + id + "/values").expect(200).text()).isEqualTo("[1,null,null,null]\n");
        api.post("/jobs/" + id + "/cancel", "").expect(200);
        assertThat(api.get("/jobs/" + id + "/tasks/3").json().path("state").asString())
                .isEqualTo("cancelled");
    }

    @Test
    void endedJobIsNotCancelledAndUnfinishedJobNotDeleted() {
        String ended = start("[]", "{}");
        String open = start("[1]", "{}");

        assertThat(api.post("/jobs/" + ended + "/cancel", "")
                        .problem(409, "conflict")
                        .path("state")
                        .asString())
                .isEqualTo("SUCCEEDED");
        assertThat(api.delete("/jobs/" + open)
                        .problem(409, "conflict")
                        .path("state")
                        .asString())
                .isEqualTo("QUEUED");
        api.delete("/jobs/" + ended).expect(204);
        api.get("/jobs/" + ended).problem(404, "not-found");
        api.delete("/jobs/" + ended).problem(404, "not-found");
    }

    @Test
    void valuesNeedAnEndedJobAndStrictNeedsAllValues() {
        String id = start("[1,2]", "{}");

        assertThat(api.get("/jobs/" + id + "/values")
                        .problem(409, "conflict")
                        .path("state")
                        .asString())
                .isEqualTo("QUEUED");
        api.get("/jobs/" + id + "/values?wait=100ms").problem(409, "conflict");
        api.post("/jobs/" + id + "/cancel", "").expect(200);
        assertThat(api.get("/jobs/" + id + "/values").expect(200).text()).isEqualTo("[null,null]\n");
        api.get("/jobs/" + id + "/values?strict=true").problem(409, "conflict");
    }

    @Test
    void jobIsVisibleToOwnerObserverAndAdmin() {
        String id = start("[1]", "{}");

        for (String path : List.of("", "/values", "/results", "/tasks/0")) {
            master.bob().get("/jobs/" + id + path).problem(404, "not-found");
        }
        master.bob().post("/jobs/" + id + "/cancel", "").problem(404, "not-found");
        master.bob().delete("/jobs/" + id).problem(404, "not-found");
        assertThat(master.bob().get("/jobs?limit=1000").json().path("items"))
                .extracting(job -> job.path("id").asString())
                .doesNotContain(id);
        master.observer().get("/jobs/" + id).expect(200);
        master.observer().get("/jobs/" + id + "/results").problem(403, "forbidden");
        master.admin().post("/jobs/" + id + "/cancel", "").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"job-none", "%2e%2e", "job%00", "x;y=z"})
    void invalidIdIsNotFound(String id) {
        Response response = api.get("/jobs/" + id);

        assertThat(response.status()).isIn(400, 404);
        response.problem(response.status(), response.status() == 400 ? "malformed-request" : "not-found");
    }

    @Test
    void bodyOverTheLimitIsRejected() {
        // argument lists and single arguments have limits of their own
        JsonNode problem = api.post("/functions", "{\"method\":\"" + "x".repeat(QuietMaster.REQUEST_BYTES) + "\"}")
                .problem(413, "payload-too-large");

        assertThat(problem.path("limitBytes").asLong()).isEqualTo(QuietMaster.REQUEST_BYTES);
    }

    @Test
    void jobsAreFilteredByLabels() {
        String team = "team-" + System.nanoTime();
        String x = start("[1]", "{\"labels\":{\"team\":\"" + team + "\",\"stage\":\"test\"}}");
        String y = start("[1]", "{\"labels\":{\"team\":\"" + team + "\"}}");
        start("[1]", "{\"labels\":{\"team\":\"another\"}}");

        assertThat(ids("/jobs?label.team=" + team)).containsExactly(y, x);
        assertThat(ids("/jobs?label.team=" + team + "&label.stage=test")).containsExactly(x);
        assertThat(ids("/jobs?label.team=" + team + "&limit=1")).containsExactly(y);
        assertThat(ids("/jobs?label.team=" + team + "&state=cancelled")).isEmpty();
        api.get("/jobs?label.team=a&label.team=b").problem(400, "malformed-request");
    }

    private List<String> ids(String path) {
        return StreamSupport.stream(
                        api.get(path).expect(200).json().path("items").spliterator(), false)
                .map(job -> job.path("id").asString())
                .toList();
    }
}
