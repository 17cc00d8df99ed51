package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawRequests;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests jobs whose arguments are posted as JSON lines. */
@UseShared(QuietMaster.class)
class LinesIT {
    private static final String LINES = "application/x-ndjson";

    private final QuietMaster master;
    private final Api api;
    private final String square;

    LinesIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
        this.square = "/jobs?method=square&environmentId=" + api.load("long square(long x) { return x * x; }");
    }

    private Response post(String path, Stream<String> pieces) {
        InputStream body = new SequenceInputStream(Collections.enumeration(pieces.map(
                        piece -> (InputStream) new java.io.ByteArrayInputStream(piece.getBytes(StandardCharsets.UTF_8)))
                .toList()));
        return api.send(
                "POST", "/api/v1" + path, Map.of("Content-Type", LINES), BodyPublishers.ofInputStream(() -> body));
    }

    private long countJobs() {
        return api.get("/jobs?limit=1000").expect(200).json().path("items").size();
    }

    @Test
    void linesBecomeArgumentsInTheirOrder() {
        Response response = api.post(square, LINES, "\n1\r\n2\n \r\n-3");

        JsonNode job = response.expect(202).json();
        assertThat(response.header("Location"))
                .isEqualTo("/api/v1/jobs/" + job.path("id").asString());
        assertThat(job.path("state").asString()).isEqualTo("QUEUED");
        assertThat(job.path("tasks").path("total").asLong()).isEqualTo(3);
        JsonNode last = api.get("/jobs/" + job.path("id").asString() + "/tasks/2")
                .expect(200)
                .json();
        assertThat(last.path("argument").asLong()).isEqualTo(-3);
    }

    @Test
    void emptyBodyIsAJobWithoutTasks() {
        JsonNode job = api.post(square, LINES, "\n").expect(202).json();

        assertThat(job.path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void linesRunARegisteredFunction() {
        api.post(
                        "/functions",
                        "{\"environmentId\":\"%s\",\"method\":\"square\",\"name\":\"lines\"}"
                                .formatted(square.substring(square.indexOf("env-"))))
                .expect(201);

        JsonNode job =
                api.post("/jobs?function=lines", LINES, "1\n").expect(202).json();

        assertThat(job.path("function").asString()).isEqualTo("lines");
    }

    @Test
    void optionsAreQueryParameters() {
        JsonNode options = api.post(
                        square + "&name=my%20job&labels.team=x&priority=7&taskTimeoutSeconds=30s&deadlineSeconds=3600"
                                + "&maxAttempts=2&retryOn=java.io.IOException,a.B&maxFailures=10%25&batchSize=5"
                                + "&copies=false&keepSeconds=7200",
                        LINES,
                        "1")
                .expect(202)
                .json()
                .path("options");

        assertThat(options).isEqualTo(Json.read("""
                        {"name":"my job","labels":{"team":"x"},"priority":7,"taskTimeoutSeconds":30.0,
                         "deadlineSeconds":3600.0,"maxAttempts":2,"retryOn":["java.io.IOException","a.B"],
                         "maxFailures":"10%","batchSize":5,"copies":false,"keepSeconds":7200.0}
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "&prio=7|400|malformed-request|prio",
                "&priority=high|400|malformed-request|priority",
                "&priority=1&priority=2|400|malformed-request|priority",
                "&function=square|400|malformed-request|function",
                "&priority=10|422|invalid-option|priority",
                "&maxFailures=101%25|422|invalid-option|maxFailures",
                "&retryOn=no%20class|422|invalid-option|retryOn"
            })
    void invalidParameterIsRejected(String more, int status, String slug, String field) {
        long before = countJobs();

        JsonNode problem = api.post(square + more, LINES, "1\n").problem(status, slug);

        assertThat(problem.path("field").asString()).isEqualTo(field);
        assertThat(countJobs()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1~~\"x\"~|1|3", "1.5|0|1", "1~2~9223372036854775808|2|3", "[1]|0|1"})
    void firstInvalidArgumentIsReportedWithIndexAndLine(String body, long index, long line) {
        JsonNode problem = api.post(square, LINES, body.replace('~', '\n')).problem(422, "invalid-arguments");

        assertThat(problem.path("index").asLong(-1)).isEqualTo(index);
        assertThat(problem.path("line").asLong(-1)).isEqualTo(line);
        assertThat(problem.path("expected").asString()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1~2 3~|2", "1~~[2,~3]|3", "1,~2|1", "\uFEFF1|1", "1~x|2", "1~\"a|2", "1~NaN|2"})
    void lineOfMalformedJsonIsReported(String body, int line) {
        JsonNode problem = api.post(square, LINES, body.replace('~', '\n')).problem(400, "malformed-request");

        assertThat(problem.path("line").asInt()).isEqualTo(line);
        assertThat(problem.path("column").asInt()).isPositive();
    }

    @Test
    void failedUploadStoresNothing() {
        long before = countJobs();
        String thousand = "1234567\n".repeat(1000);

        JsonNode problem = post(
                        square,
                        Stream.of(Stream.generate(() -> thousand).limit(499), Stream.of("1\n".repeat(999), "{oops\n"))
                                .flatMap(pieces -> pieces))
                .problem(400, "malformed-request");

        assertThat(problem.path("line").asInt()).isEqualTo(500_000);
        assertThat(countJobs()).isEqualTo(before);
    }

    @Test
    void abortedUploadStoresNothingAndReleasesItsKey() {
        long before = countJobs();
        String head =
                "POST /api/v1" + square + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer secret-of-alice\r\n"
                        + "Content-Type: application/x-ndjson\r\nIdempotency-Key: gone\r\nContent-Length: 100000000\r\n\r\n";

        RawRequests.sendAndReset(master.url(), head + "1234567\n".repeat(500_000));

        // the key is released when the master detects the reset
        Response[] again = new Response[1];
        Await.until("a released key", () -> {
            again[0] = api.send(
                    "POST",
                    "/api/v1" + square,
                    Map.of("Content-Type", LINES, "Idempotency-Key", "gone"),
                    BodyPublishers.ofString("1\n"));
            return again[0].status() != 409;
        });
        again[0].expect(202);
        assertThat(countJobs()).isEqualTo(before + 1);
    }

    @Test
    void uploadMayExceedHeapAndRequestLimit() {
        String environment = api.load("int size(String x) { return x.length(); }");
        String line = "\"" + "x".repeat(300) + "\"\n";
        String thousand = line.repeat(1000);

        JsonNode job = post(
                        "/jobs?method=size&environmentId=" + environment,
                        Stream.generate(() -> thousand).limit(1000))
                .expect(202)
                .json();

        assertThat(job.path("tasks").path("total").asLong()).isEqualTo(1_000_000);
        String id = job.path("id").asString();
        assertThat(api.get("/jobs/" + id + "/tasks/999999")
                        .expect(200)
                        .json()
                        .path("argument")
                        .asString())
                .hasSize(300);
        api.post("/jobs/" + id + "/cancel", "").expect(200);
        api.delete("/jobs/" + id).expect(204);
    }

    @Test
    void linesNeedAKeyAndAFunction() {
        api.withoutKey().post(square, LINES, "1").problem(401, "unauthenticated");
        master.observer().post(square, LINES, "1").problem(403, "forbidden");
        master.bob().post(square, LINES, "1").problem(404, "not-found");
        api.post("/jobs", LINES, "1").problem(400, "malformed-request");
        api.post("/jobs?function=nowhere", LINES, "1").problem(422, "unknown-function");
        api.post(square.replace("=square", "=cube"), LINES, "1").problem(422, "unknown-function");
    }
}
