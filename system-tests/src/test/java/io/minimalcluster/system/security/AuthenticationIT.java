package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

@UseShared(QuietMaster.class)
class AuthenticationIT {
    /** The calls of the API with the initials of their permitted roles: client, worker, observer, admin. */
    static final List<String> CALLS = List.of(
            "POST /environments ca",
            "GET /environments coa",
            "GET /environments/env-x coa",
            "GET /environments/env-x/sources ca",
            "GET /environments/env-x/bundle wa",
            "DELETE /environments/env-x ca",
            "POST /functions ca",
            "GET /functions coa",
            "GET /functions/x coa",
            "DELETE /functions/x ca",
            "POST /jobs ca",
            "GET /jobs coa",
            "GET /jobs/job-x coa",
            "GET /jobs/job-x/values ca",
            "GET /jobs/job-x/results ca",
            "GET /jobs/job-x/tasks/0 ca",
            "POST /jobs/job-x/cancel ca",
            "DELETE /jobs/job-x ca",
            "GET /jobs/job-x/events coa",
            "GET /jobs/job-x/explain coa",
            "GET /jobs/job-x/timeline coa",
            "POST /jobs/job-x/pause ca",
            "POST /jobs/job-x/resume ca",
            "POST /jobs/job-x/retry ca",
            "POST /run ca",
            "POST /workers wa",
            "POST /workers/worker-x/poll wa",
            "POST /workers/worker-x/heartbeat wa",
            "POST /workers/worker-x/leases/lease-x/results wa",
            "GET /workers/worker-x/leases/lease-x/shared wa",
            "DELETE /workers/worker-x wa",
            "GET /workers coa",
            "POST /workers/worker-x/drain a",
            "POST /workers/worker-x/resume a",
            "GET /cluster coa",
            "GET /audit a",
            "DELETE /session cwoa",
            "POST /session/code cwoa",
            "GET /keys a",
            "POST /keys a",
            "DELETE /keys/x a");

    private final QuietMaster master;

    AuthenticationIT(QuietMaster master) {
        this.master = master;
    }

    private static Response call(Api api, String call) {
        String[] words = call.split(" ", -1);
        return api.send(
                words[0],
                "/api/v1" + words[1],
                Map.of("Content-Type", "application/json"),
                BodyPublishers.ofString("{}"));
    }

    private static String bodyWithoutInstance(Response response) {
        ObjectNode problem = (ObjectNode) Json.read(response.bytes());
        problem.remove("instance");
        return problem.toString();
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void everyCallNeedsAKey(String call) {
        String expected = bodyWithoutInstance(master.alice().withoutKey().get("/jobs"));

        Response response = call(master.alice().withoutKey(), call);

        response.problem(401, "unauthenticated");
        assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(bodyWithoutInstance(response)).isEqualTo(expected);
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void everyCallNeedsAPermittedRole(String call) {
        Map<String, Function<QuietMaster, Api>> roles = new LinkedHashMap<>();
        roles.put("c", QuietMaster::alice);
        roles.put("w", QuietMaster::worker);
        roles.put("o", QuietMaster::observer);
        roles.put("a", QuietMaster::admin);
        String allowed = call.split(" ", -1)[2];

        roles.forEach((role, key) -> {
            Response response = call(key.apply(master), call);
            if (allowed.contains(role)) {
                assertThat(response.status()).as(call + " by " + role).isNotIn(401, 403, 500);
            } else {
                response.problem(403, "forbidden");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Basic YWxpY2U6c2VjcmV0LW9mLWFsaWNl",
                "secret-of-alice",
                "Bearer secret-of-alice secret-of-alice",
                "Bearer secret-of-alice, Bearer secret-of-alice",
                "Bearer secret-of-alic"
            })
    void malformedAuthorizationHeaderIsRejected(String header) {
        Response response =
                master.alice().withHeaders(Map.of("Authorization", header)).get("/jobs");

        response.problem(401, "unauthenticated");
        assertThat(bodyWithoutInstance(response))
                .isEqualTo(bodyWithoutInstance(master.alice().withoutKey().get("/jobs")));
    }

    @Test
    void keyInTheQueryIsIgnored() {
        assertThat(master.alice().withoutKey().get("/jobs?key=secret-of-alice").status())
                .isEqualTo(401);
        assertThat(master.alice()
                        .withoutKey()
                        .get("/jobs?access_token=secret-of-alice")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/jobs",
                "/api/v1//jobs",
                "/api/v1/./jobs",
                "/problems/../api/v1/jobs",
                "/problems/%2e%2e/api/v1/jobs",
                "/api/v1/jobs;x=y",
                "/api/v1/jobs%00",
                "/api/v1/jobs/",
                "/API/v1/jobs",
                "/actuator/health/../../api/v1/jobs",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/metrics",
                "/error",
                "/index.html"
            })
    void noPathVariantBypassesAuthentication(String path) {
        Response response = master.alice().withoutKey().send("GET", path, Map.of(), BodyPublishers.noBody());

        assertThat(response.status()).as(response.text()).isIn(400, 401, 404);
        assertThat(response.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/v3/api-docs,200",
        "/v3/api-docs.yaml,200",
        "/v3/api-docs/swagger-config,200",
        "/swagger-ui/index.html,200",
        "/swagger-ui/swagger-ui-bundle.js,200",
        "/problems/conflict,200",
        "/,200",
        "/favicon.ico,204"
    })
    void documentedPathsArePublic(String path, int status) {
        Response response = master.alice().withoutKey().send("GET", path, Map.of(), BodyPublishers.noBody());

        response.expect(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/actuator/health,200",
        "/actuator/health/liveness,200",
        "/actuator/health/readiness,200",
        "/actuator/health/cluster,503"
    })
    void healthIsPublicWithoutDetails(String path, int status) {
        Response response = master.alice().withoutKey().send("GET", path, Map.of(), BodyPublishers.noBody());

        response.expect(status);
        assertThat(response.text()).doesNotContain("components").doesNotContain("details");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/jobs,GET POST",
        "PATCH,/jobs/job-x,DELETE GET",
        "GET,/jobs/job-x/cancel,POST",
        "POST,/jobs/job-x/values,GET",
        "DELETE,/workers,GET POST"
    })
    void unsupportedMethodListsAllowedMethods(String method, String path, String allowed) {
        Response response = master.admin().call(method, path);

        response.problem(405, "method-not-allowed");
        assertThat(response.header("Allow").replaceAll("[, ]+", " ").split(" "))
                .contains(allowed.split(" "))
                .doesNotContain(method);
    }

    @Test
    void optionsMethodIsRejectedForEveryRole() {
        for (Api api : List.of(master.admin(), master.alice())) {
            Response response = api.call("OPTIONS", "/jobs");

            response.problem(405, "method-not-allowed");
            assertThat(response.header("Allow")).contains("GET", "POST").doesNotContain("OPTIONS");
        }
        master.alice().withoutKey().call("OPTIONS", "/jobs").problem(401, "unauthenticated");
    }

    @Test
    void forgedHeadersHaveNoEffect() {
        Api api = master.alice();

        api.send("GET", "/api/v1/jobs", Map.of("X-HTTP-Method-Override", "DELETE"), BodyPublishers.noBody())
                .expect(200);
        Response foreign =
                api.send("GET", "/api/v1/jobs", Map.of("Origin", "https://elsewhere.example"), BodyPublishers.noBody());
        assertThat(foreign.response().headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
        String location = api.send(
                        "POST",
                        "/api/v1/jobs",
                        Map.of("X-Forwarded-Host", "elsewhere.example", "Content-Type", "application/json"),
                        BodyPublishers.ofString("{\"environmentId\":\"%s\",\"method\":\"f\",\"args\":[]}"
                                .formatted(api.load("int f(int x) { return x; }"))))
                .expect(202)
                .header("Location");
        assertThat(location).doesNotContain("elsewhere");
    }

    @Test
    void unknownPathIsNotFound() {
        master.admin().get("/nothing").problem(404, "not-found");
        master.alice().get("/jobs/job-x/nothing").problem(404, "not-found");
    }

    @Test
    void tooLongRequestLineAndHeaderAreRejected() {
        Response uri = master.alice().get("/jobs?state=" + "x".repeat(9_000));
        Response header = master.alice()
                .send("GET", "/api/v1/jobs", Map.of("X-Long", "x".repeat(9_000)), BodyPublishers.noBody());

        assertThat(uri.status()).isIn(400, 414, 431);
        assertThat(header.status()).isIn(400, 431);
        assertThat(uri.header("Content-Type")).startsWith("application/problem+json");
        assertThat(header.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void everyJsonResponseEndsWithANewline(String call) {
        Response response = call(master.admin(), call);

        if (response.header("Content-Type").contains("json")) {
            assertThat(response.text()).as(call).endsWith("}\n");
        }
    }

    @Test
    void everyResponseHasARequestId() {
        assertThat(master.alice().get("/jobs").header("X-Request-Id")).isNotBlank();
        assertThat(master.alice().get("/jobs").header("X-Request-Id"))
                .isNotEqualTo(master.alice().get("/jobs").header("X-Request-Id"));
    }
}
