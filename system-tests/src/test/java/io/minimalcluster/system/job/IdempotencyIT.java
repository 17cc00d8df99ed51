package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawRequests;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests repeated calls with the same Idempotency-Key on a master without workers. */
@UseShared(MasterProcess.class)
class IdempotencyIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";
    private static final String LINES = "application/x-ndjson";

    private final MasterProcess master;
    private final Api api;
    private final String environment;

    IdempotencyIT(MasterProcess master) {
        this.master = master;
        this.api = master.api();
        this.environment = api.load(SQUARE);
    }

    private Response post(String path, String type, String key, String body) {
        return api.send(
                "POST",
                "/api/v1" + path,
                Map.of("Content-Type", type, "Idempotency-Key", key),
                BodyPublishers.ofString(body));
    }

    private String job(String args) {
        return "{\"environmentId\":\"%s\",\"method\":\"square\",\"args\":%s}".formatted(environment, args);
    }

    private Response postJob(String key, String args) {
        return post("/jobs", "application/json", key, job(args));
    }

    private static String id(Response response) {
        return response.json().path("id").asString();
    }

    private long countJobs() {
        return jobs(_ -> true).size();
    }

    @Test
    void repeatedRequestReturnsTheSameJob() {
        String first = id(postJob("again", "[1,2]").expect(202));
        long jobs = countJobs();

        for (int i = 0; i < 3; i++) {
            Response again = postJob("again", "[1,2]").expect(200);
            assertThat(id(again)).isEqualTo(first);
            assertThat(again.header("Location")).isEqualTo("/api/v1/jobs/" + first);
        }
        assertThat(countJobs()).isEqualTo(jobs);
    }

    @Test
    void reusedKeyIsRejected() {
        postJob("other", "[1,2]").expect(202);
        long jobs = countJobs();

        postJob("other", "[1,3]").problem(422, "idempotency-key-reused");
        postJob("other", "[1,2,3]").problem(422, "idempotency-key-reused");
        post(
                        "/functions",
                        "application/json",
                        "other",
                        "{\"environmentId\":\"%s\",\"method\":\"square\"}".formatted(environment))
                .problem(422, "idempotency-key-reused");
        assertThat(countJobs()).isEqualTo(jobs);
    }

    @Test
    void everyCreatingCallHonoursTheKey() {
        String source = "int twice(int x) { return 2 * x; }";
        String loaded = id(post("/environments", "text/plain", "env", source).expect(201));
        assertThat(id(post("/environments", "text/plain", "env", source).expect(200)))
                .isEqualTo(loaded);
        post("/environments", "text/plain", "env", source + " ").problem(422, "idempotency-key-reused");

        String sources = "{\"sources\":{\"Main.java\":\"int once(int x) { return x; }\"}}";
        post("/environments", "application/json", "envs", sources).expect(201);
        post("/environments", "application/json", "envs", sources).expect(200);

        String function = "{\"environmentId\":\"%s\",\"method\":\"twice\"}".formatted(loaded);
        post("/functions", "application/json", "function", function).expect(201);
        assertThat(post("/functions", "application/json", "function", function)
                        .expect(200)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("twice");

        String lines = id(post("/jobs?function=twice", LINES, "lines", "1\n2\n").expect(202));
        assertThat(id(post("/jobs?function=twice", LINES, "lines", "1\n2\n").expect(200)))
                .isEqualTo(lines);
        post("/jobs?function=twice", LINES, "lines", "1\n2\n\n").problem(422, "idempotency-key-reused");
        post("/jobs?function=twice&priority=1", LINES, "lines", "1\n2\n").problem(422, "idempotency-key-reused");

        String run = "{\"source\":\"int run(int x) { return x; }\",\"function\":\"run\",\"args\":[]}";
        String ran = post("/run", "application/json", "run", run)
                .expect(200)
                .json()
                .path("job")
                .path("id")
                .asString();
        assertThat(post("/run", "application/json", "run", run)
                        .expect(200)
                        .json()
                        .path("job")
                        .path("id")
                        .asString())
                .isEqualTo(ran);
    }

    @Test
    void formBoundaryIsNotCompared() {
        String first = ranBy("----one", "[]");

        assertThat(ranBy("----another", "[]")).isEqualTo(first);
        postForm("----one", "[1]").problem(422, "idempotency-key-reused");
    }

    private String ranBy(String boundary, String args) {
        return postForm(boundary, args)
                .expect(200)
                .json()
                .path("job")
                .path("id")
                .asString();
    }

    private Response postForm(String boundary, String args) {
        String field = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        String body = field.formatted("source", SQUARE)
                + field.formatted("function", "square")
                + field.formatted("args", args)
                + "--" + boundary + "--\r\n";
        return post("/run", "multipart/form-data; boundary=" + boundary, "form", body);
    }

    @ParameterizedTest
    @CsvSource({"255,202", "256,400"})
    void keyLengthIsLimited(int length, int status) {
        Response response = postJob("k".repeat(length), "[1]").expect(status);

        if (status == 400) {
            assertThat(response.problem(400, "malformed-request").path("field").asString())
                    .isEqualTo("Idempotency-Key");
        }
    }

    @Test
    void concurrentCallWithTheSameKeyIsAConflict() {
        String path = "/jobs?method=square&environmentId=" + environment;
        String answer = RawRequests.sendAfterContinue(
                master.url(),
                head(path, "both", 4) + "Expect: 100-continue\r\nConnection: close\r\n\r\n",
                "1\n2\n",
                () -> {
                    Response second = post(path, LINES, "both", "1\n2\n");
                    assertThat(second.problem(409, "conflict").path("state").asString())
                            .isEqualTo("IN_PROGRESS");
                });

        assertThat(answer).contains("HTTP/1.1 202");
        post(path, LINES, "both", "1\n2\n").expect(200);
    }

    /** The head of a request with JSON lines, without its final empty line. */
    private String head(String path, String key, int length) {
        return head(path, LINES, key, length);
    }

    private String head(String path, String type, String key, int length) {
        return "POST /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + master.read("authkey") + "\r\nContent-Type: " + type + "\r\nIdempotency-Key: " + key
                + "\r\nContent-Length: " + length + "\r\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/jobs | application/json | {'environmentId':'ENV','method':'square','args':[1,2]} | 202 | 200",
                "/jobs?method=square&environmentId=ENV | application/x-ndjson | 1 | 202 | 200",
                "/run?wait=0s | application/json | {'source':'int f(int x) { return x; }','function':'f','args':[]} | 200 | 200",
                "/run?wait=0s&function=f&args=1 | text/plain | int f(int x) { return x; } | 202 | 202",
                "/run?wait=0s | multipart/form-data; boundary=B | FORM | 202 | 202",
                "/environments | application/json | {'sources':{'Main.java':'int f(int x) { return x; }'}} | 200 | 200",
                "/environments | text/plain | int f(int x) { return x; } | 200 | 200",
                "/environments?check=true | text/plain | int f(int x) { return x; } | 200 | 200",
                "/functions | application/json | {'environmentId':'ENV','method':'square','name':'soon'} | 201 | 200",
                "/jobs | application/json | {'environmentId':'ENV','method':'square','args':['x']} | 422 | 422",
                "/jobs | application/json | {'environmentId' | 400 | 400",
                "/jobs?method=square&environmentId=ENV | application/x-ndjson | x | 400 | 400",
                "/run?function=f&args=1&wait=soon | text/plain | int f(int x) { return x; } | 400 | 400",
                "/functions | application/json | {'environmentId':'ENV','method':'cube'} | 422 | 422"
            })
    void callMayBeRepeatedAsSoonAsItIsAnswered(String path, String type, String body, int first, int second) {
        api.load("int f(int x) { return x; }");
        String content = body.replace('\'', '"').replace("ENV", environment).replace("FORM", form());
        for (int i = 0; i < 20; i++) {
            String key = "soon-" + i + "-" + path.hashCode() + "-" + body.hashCode();
            String head = head(path.replace("ENV", environment), type, key, content.length());

            List<String> statuses = RawRequests.sendTwice(master.url(), head + "\r\n" + content);

            assertThat(statuses.getFirst()).contains(" " + first + " ");
            assertThat(statuses.getLast()).contains(" " + second + " ");
        }
    }

    private static String form() {
        String field = "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        return field.formatted("source", "int f(int x) { return x; }")
                + field.formatted("function", "f")
                + field.formatted("args", "1")
                + "--B--\r\n";
    }

    @Test
    void concurrentRequestsCreateOneJob() {
        long jobs = countJobs();
        List<CompletableFuture<Response>> posts = IntStream.range(0, 16)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> postJob("many", "[1,2,3]")))
                .toList();

        Set<String> ids = new HashSet<>();
        int accepted = 0;
        for (CompletableFuture<Response> each : posts) {
            Response response = each.join();
            assertThat(response.status()).isIn(202, 200, 409);
            accepted += response.status() == 202 ? 1 : 0;
            if (response.status() != 409) {
                ids.add(id(response));
            }
        }
        assertThat(accepted).isEqualTo(1);
        assertThat(ids).hasSize(1);
        assertThat(countJobs()).isEqualTo(jobs + 1);
    }

    @Test
    void failedCallReleasesItsKey() {
        postJob("failed", "[1,\"x\"]").problem(422, "invalid-arguments");
        postJob("failed", "[1").problem(400, "malformed-request");
        post("/environments", "text/plain", "failed", "int f(").problem(422, "compilation-failed");

        postJob("failed", "[1]").expect(202);
    }

    @Test
    void stalledUploadTimesOutAndReleasesItsKey() {
        long jobs = countJobs();
        String path = "/jobs?method=square&environmentId=" + environment;

        String answer = RawRequests.sendAndStall(master.url(), head(path, "silent", 1_000_000) + "\r\n1\n2\n");

        assertThat(answer).startsWith("HTTP/1.1 408").contains("/problems/request-timeout");
        assertThat(countJobs()).isEqualTo(jobs);
        post(path, LINES, "silent", "7\n").expect(202);
    }

    @Test
    void keysSurviveAKillOfTheMaster() {
        Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> posting = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread * 1000;
            posting.add(CompletableFuture.runAsync(() -> postUntilItFails(first, acknowledged)));
        }
        Await.until("posted jobs", () -> acknowledged.size() > 40);

        master.program().kill();
        posting.forEach(CompletableFuture::join);
        master.restart();

        assertThat(acknowledged).hasSizeGreaterThan(40);
        Set<String> ids = new HashSet<>();
        for (int thread = 0; thread < 4; thread++) {
            for (int i = thread * 1000; i < thread * 1000 + 1000; i++) {
                Response again = postNamed(i);
                assertThat(again.status()).isIn(200, 202);
                assertThat(ids.add(id(again))).isTrue();
                String known = acknowledged.get(i);
                if (known == null) {
                    break; // the request whose response was lost; none was sent after it
                }
                again.expect(200);
                assertThat(id(again)).isEqualTo(known);
            }
        }
        assertThat(jobs(job -> "kill".equals(job.path("name").asString("")))).hasSameSizeAs(ids);
    }

    private Response postNamed(int number) {
        String body = job("[" + number + "],\"options\":{\"name\":\"kill\"}");
        return post("/jobs", "application/json", "kill-" + number, body);
    }

    private List<String> jobs(Predicate<JsonNode> wanted) {
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = api.get("/jobs?limit=1000" + after).expect(200).json();
            page.path("items").forEach(job -> {
                if (wanted.test(job)) {
                    found.add(job.path("id").asString());
                }
            });
            after = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!after.isEmpty());
        return found;
    }

    private void postUntilItFails(int first, Map<Integer, String> acknowledged) {
        try {
            for (int i = first; i < first + 1000; i++) {
                acknowledged.put(i, id(postNamed(i).expect(202)));
            }
        } catch (java.io.UncheckedIOException e) {
            // the connection failed; only the responses until now count
        }
    }
}
