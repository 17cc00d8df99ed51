package io.minimalcluster.system.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@UseShared(QuietMaster.class)
class FunctionIT {
    private static final String OVERLOADED = """
            int twice(int x) { return 2 * x; }
            String twice(String x) { return x + x; }
            static class Tools { static long cube(long x) { return x * x * x; } }
            java.util.function.IntUnaryOperator doubled = x -> x * 2;
            """;

    private final QuietMaster master;
    private final Api api;

    FunctionIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
    }

    private static Response register(Api api, String environment, String method, String more) {
        return api.post(
                "/functions", "{\"environmentId\":\"%s\",\"method\":\"%s\"%s}".formatted(environment, method, more));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cube", "Tools.cube", "Tools.cube(long)", "doubled", "twice(int)"})
    void registersShortAndFullMethodNames(String method) {
        JsonNode function = register(api, api.load(OVERLOADED), method, ",\"name\":\"short\"")
                .expect(201)
                .json();

        assertThat(function.path("name").asString()).isEqualTo("short");
        assertThat(function.path("parameters")).hasSize(1);
        assertThat(api.get("/functions/short").expect(200).json()).isEqualTo(function);
        api.delete("/functions/short").expect(204);
        api.get("/functions/short").problem(404, "not-found");
    }

    @Test
    void defaultNameIsThatOfTheMethod() {
        register(api, api.load(OVERLOADED), "Tools.cube(long)", "").expect(201);

        assertThat(api.get("/functions/cube").expect(200).json().path("method").asString())
                .isEqualTo("Tools.cube(long)");
        assertThat(api.get("/functions").expect(200).json().path("items"))
                .extracting(item -> item.path("name").asString())
                .contains("cube");
    }

    @Test
    void unknownOrAmbiguousNameListsCandidates() {
        String environment = api.load(OVERLOADED);

        JsonNode unknown = register(api, environment, "thrice", "").problem(422, "unknown-function");
        JsonNode ambiguous = register(api, environment, "twice", "").problem(422, "ambiguous-function");

        assertThat(unknown.path("candidates")).hasSize(4);
        assertThat(ambiguous.path("candidates"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder("twice(int)", "twice(String)");
    }

    @Test
    void reregistrationDoesNotAffectExistingJobs() {
        String old = api.load("int moved(int x) { return 1; }");
        String newer = api.load("int moved(int x) { return 2; }");
        register(api, old, "moved", "").expect(201);
        String job = api.post("/jobs", "{\"function\":\"moved\",\"args\":[1]}")
                .expect(202)
                .json()
                .path("id")
                .asString();

        assertThat(register(api, newer, "moved", "").status()).isIn(200, 201);

        assertThat(api.get("/functions/moved").json().path("environmentId").asString())
                .isEqualTo(newer);
        assertThat(api.job(job).path("environmentId").asString()).isEqualTo(old);
        assertThat(api.job(job).path("function").asString()).isEqualTo("moved");
    }

    @Test
    void namesAreSeparateForEachOwner() {
        register(api, api.load("int ours(int x) { return 1; }"), "ours", "").expect(201);

        master.bob().get("/functions/ours").problem(404, "not-found");
        master.bob().delete("/functions/ours").problem(404, "not-found");
        master.bob().post("/jobs", "{\"function\":\"ours\",\"args\":[1]}").problem(422, "unknown-function");
        register(master.bob(), master.bob().load("int ours(int x) { return 2; }"), "ours", "")
                .expect(201);
        assertThat(master.bob().get("/functions/ours").json().path("createdBy").asString())
                .isEqualTo("bob");
        assertThat(api.get("/functions/ours").json().path("createdBy").asString())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a;b", "", "<clinit>", "a\\r\\nb"})
    void invalidNameIsRejected(String name) {
        Response response = register(api, api.load(OVERLOADED), "cube", ",\"name\":\"" + name + "\"");

        assertThat(response.status()).isIn(400, 422);
        response.problem(response.status(), response.status() == 400 ? "malformed-request" : "invalid-option");
    }

    @Test
    void invalidBodyIsRejected() {
        assertThat(api.post("/functions", "{\"method\":\"f\"}")
                        .problem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("environmentId");
        api.post("/functions", "[]").problem(400, "malformed-request");
        api.post("/functions", "").problem(400, "malformed-request");
        api.post("/functions", "text/plain", "{}").problem(415, "unsupported-media-type");
        register(api, "env-none", "f", "").problem(404, "not-found");
    }
}
