package io.minimalcluster.master.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest {
    @TempDir
    static Path data;

    static RunningMaster master;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(data);
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static RawResponse post(String json) throws IOException {
        return master.authorized("POST", "/api/v1/jobs").json(json).send();
    }

    private static RawResponse get(String target) throws IOException {
        return master.authorized("GET", target).send();
    }

    @Test
    void validJsonIsAccepted() throws IOException {
        assertThat(post("{\"name\":\"n\",\"args\":[1]}")
                        .json()
                        .path("args")
                        .path(0)
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"x\"",
                "{",
                "{\"name\":\"n\"",
                "{\"name\":\"n\"} x",
                "{\"name\":\"n\"}{}",
                "{\"name\":NaN}",
                "{name:1}",
                "{'name':'n'}",
                "{\"name\":\"n\",}",
                "{\"name\":\"n\",\"name\":\"m\"}",
                "{\"name\":\"n\",\"nope\":1}",
                "{\"name\":1}",
                "{\"name\":null}",
                "{\"name\":\"\"}",
                "{}",
                "{\"name\":\"n\",\"args\":[1.5]}",
                "{\"name\":\"n\",\"args\":[\"1\"]}",
                "{\"name\":\"n\",\"args\":{}}",
                "{\"name\":\"n\",\"args\":[99999999999999999999]}",
                "{\"name\":\"n\",\"colour\":\"BLUE\"}",
                "{\"name\":\"n\",\"colour\":0}",
                "{\"name\":\"n\",\"options\":{\"priority\":1e400}}",
                "{\"name\":\"\u0001\"}",
                "{\"name\":\"\\x\"}",
                "\u00ef\u00bb\u00bf{\"name\":\"n\"}",
                "{\u0000\"\u0000",
                "{\"name\":\"\u00ff\u00fe\"}",
                "{\"name\":\"\u00ed\u00a0\u0080\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"n\",\"options\":{\"labels\":{\"a\":\"\\udc00x\"}}}",
                "{\"name\":\"n\",\"options\":{\"labels\":{\"\\udc00x\":\"a\"}}}"
            })
    void invalidJsonIsAMalformedRequest(String json) throws IOException {
        post(json).isProblem(400, "malformed-request");
    }

    @Test
    void hugeJsonIsAMalformedRequest() throws IOException {
        post("[".repeat(10_000)).isProblem(400, "malformed-request");
        post("{\"name\":\"n\",\"args\":[" + "9".repeat(1_000_000) + "]}").isProblem(400, "malformed-request");
        post("{\"" + "n".repeat(1_000_000) + "\":1}").isProblem(400, "malformed-request");
    }

    @Test
    void problemLocatesTheError() throws IOException {
        var broken = post("{\n \"name\": oops}").isProblem(400, "malformed-request");
        assertThat(broken.path("line").asInt()).isEqualTo(2);
        assertThat(broken.path("column").asInt()).isPositive();
        var unknown = post("{\"name\":\"n\",\"options\":{\"prio\":1}}").isProblem(400, "malformed-request");
        assertThat(unknown.path("field").asString()).isEqualTo("options.prio");
        var wrong = post("{\"name\":\"n\",\"args\":[1,\"x\"]}").isProblem(400, "malformed-request");
        assertThat(wrong.path("field").asString()).isEqualTo("args[1]");
        var rejected = post("{\"name\":\"\"}").isProblem(400, "malformed-request");
        assertThat(rejected.path("detail").asString()).isEqualTo("name must not be empty");
    }

    @Test
    void unsupportedContentTypeIsRejected() throws IOException {
        master.authorized("POST", "/api/v1/jobs")
                .body("application/xml", "<x/>")
                .send()
                .isProblem(415, "unsupported-media-type");
        master.authorized("POST", "/api/v1/jobs")
                .body("nonsense", "{}")
                .send()
                .isProblem(415, "unsupported-media-type");
        master.authorized("POST", "/api/v1/jobs").send().isProblem(415, "unsupported-media-type");
    }

    @Test
    void unsupportedAcceptHeaderIsNotAcceptable() throws IOException {
        master.authorized("POST", "/api/v1/jobs")
                .header("Accept", "image/png")
                .json("{\"name\":\"n\"}")
                .send()
                .isProblem(406, "not-acceptable");
    }

    @Test
    void problemNamesUnknownAndRepeatedParameters() throws IOException {
        assertThat(get("/api/v1/jobs?limt=1")
                        .isProblem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("limt");
        assertThat(get("/api/v1/jobs?limit=1&limit=2")
                        .isProblem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("limit");
        assertThat(get("/api/v1/jobs?limit=x")
                        .isProblem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("limit");
        get("/api/v1/jobs?%zz=1").isProblem(400, "malformed-request");
        get("/api/v1/jobs?limit=%zz").isProblem(400, "malformed-request");
        get("/api/v1/environments?x").isProblem(400, "malformed-request");
        assertThat(get("/api/v1/jobs?limit=1&label.team=a&state=x&state=y&").body())
                .isEqualTo("1 [x, y]");
    }

    @Test
    void workerRequestsIgnoreUnknownFields() throws IOException {
        assertThat(master.authorized("POST", "/api/v1/workers/w/leases/l/results?new=1")
                        .json("{}")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void wrongMethodIsAnsweredWithAllow() throws IOException {
        RawResponse response = master.authorized("PUT", "/api/v1/jobs").send();
        response.isProblem(405, "method-not-allowed");
        assertThat(response.header("Allow")).contains("GET").contains("HEAD").contains("POST");
    }

    @Test
    void unknownPathIsNotFound() throws IOException {
        master.authorized("POST", "/api/v1/nothing").json("{}").send().isProblem(404, "not-found");
        get("/nothing").isProblem(404, "not-found");
        get("/error").isProblem(404, "not-found");
        get("/problems/nothing").isProblem(404, "not-found");
        get("/api/v1/jobs/").isProblem(404, "not-found");
    }

    @Test
    void domainProblemsHaveExtensionMembers() throws IOException {
        var problem = master.authorized("GET", "/api/v1/cluster")
                .header("Fail", "conflict")
                .header("Accept", "text/csv")
                .send()
                .isProblem(409, "conflict");
        assertThat(problem.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(problem.path("instance").asString()).isEqualTo("/api/v1/cluster");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error"})
    void internalErrorDisclosesTheRequestIdOnly(String kind) throws IOException {
        RawResponse response = master.authorized("GET", "/api/v1/cluster")
                .header("Fail", kind)
                .header("Accept", "text/html")
                .send();
        var problem = response.isProblem(500, "internal-error");
        assertThat(problem.path("requestId").asString()).isEqualTo(response.header("X-Request-Id"));
    }

    @Test
    void asynchronousFailureIsTheSameProblem() throws IOException {
        master.authorized("GET", "/api/v1/workers").header("Fail", "y").send().isProblem(404, "not-found");
    }

    @Test
    void handlerCanAllowCaching() throws IOException {
        assertThat(get("/api/v1/environments/e/bundle").header("Cache-Control")).isEqualTo("max-age=31536000");
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemTypeHasAPage(ProblemType type) throws IOException {
        RawResponse html = master.call("GET", type.path())
                .header("Accept", "text/html,*/*;q=0.8")
                .send();
        assertThat(html.status()).isEqualTo(200);
        assertThat(html.header("Content-Type")).startsWith("text/html");
        assertThat(html.hasCommonHeaders().header("Content-Security-Policy")).contains("style-src 'sha256-");
        assertThat(html.body()).contains(type.slug(), "<h1>");
        RawResponse text =
                master.call("GET", type.path()).header("Accept", "text/plain").send();
        assertThat(text.body()).contains(type.title()).doesNotContain("<p>");
        RawResponse json = master.call("GET", type.path())
                .header("Accept", "application/json")
                .send();
        assertThat(json.json().path("status").asInt()).isEqualTo(type.status());
    }

    @Test
    void problemPagesHaveAnIndex() throws IOException {
        assertThat(master.call("GET", "/problems").send().body()).contains("problems/lease-lost");
        assertThat(master.call("HEAD", "/problems").send().body()).isEmpty();
        master.call("GET", "/problems").header("Accept", "image/png").send().isProblem(406, "not-acceptable");
        master.call("POST", "/problems").send().isProblem(401, "unauthenticated");
        master.authorized("POST", "/problems").send().isProblem(405, "method-not-allowed");
    }

    @Test
    void healthIsPublicWithoutDetails() throws IOException {
        assertThat(master.call("GET", "/actuator/health")
                        .send()
                        .hasCommonHeaders()
                        .body())
                .contains("\"status\":\"UP\"")
                .doesNotContain("components", "details");
        assertThat(master.call("GET", "/actuator/health/readiness").send().status())
                .isEqualTo(200);
        assertThat(master.call("GET", "/actuator/health/liveness").send().status())
                .isEqualTo(200);
    }
}
