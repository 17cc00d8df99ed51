package io.minimalcluster.system.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.support.Sha256;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@UseShared(QuietMaster.class)
class EnvironmentIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final QuietMaster master;
    private final Api api;

    EnvironmentIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "text/x-java", "application/octet-stream", "application/x-www-form-urlencoded"})
    void rawSourceIsAccepted(String type) {
        String source = "String odd() { return \"%d & a=b+c é\\n\" + " + type.length() + "; }";

        Response response = api.post("/environments?name=odd", type, source);

        JsonNode environment = response.expect(201).json();
        assertThat(environment.path("id").asString()).startsWith("env-");
        assertThat(environment.path("name").asString()).isEqualTo("odd");
        assertThat(environment.path("createdBy").asString()).isEqualTo("alice");
        JsonNode sources = api.get("/environments/" + environment.path("id").asString() + "/sources")
                .expect(200)
                .json();
        assertThat(sources.path("sources").path("Main.java").asString()).isEqualTo(source);
    }

    @Test
    void environmentListsFunctionsWithSignatures() {
        JsonNode environment =
                api.get("/environments/" + api.load(SQUARE)).expect(200).json();

        JsonNode function = environment.path("functions").get(0);
        assertThat(function.path("name").asString()).isEqualTo("square");
        assertThat(function.path("signature").asString()).isEqualTo("square(long)");
        assertThat(function.path("returns").asString()).isEqualTo("long");
        JsonNode parameter = function.path("parameters").get(0);
        assertThat(parameter.path("name").asString()).isEqualTo("x");
        assertThat(parameter.path("type").asString()).isEqualTo("long");
        assertThat(environment.path("sha256").asString()).hasSize(64);
        assertThat(environment.path("warnings").isArray()).isTrue();
        assertThat(environment.path("createdAt").asString()).endsWith("Z");
    }

    @Test
    void sameContentIsTheSameEnvironment() {
        String source = "int same() { return 1; }";
        Response first =
                api.post("/environments?name=one", "text/plain", source).expect(201);
        Response again =
                api.post("/environments?name=two", "text/plain", source).expect(200);
        Response asJson = api.post("/environments", "{\"sources\":{\"Main.java\":%s}}".formatted(Json.write(source)));

        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(asJson.expect(200).json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void severalSourcesArePostedAsJson() {
        Response response = api.post("/environments", """
                {"name":"two","sources":{
                  "com/acme/Twice.java":"package com.acme; public class Twice { public static int of(int x) { return 2 * x; } }",
                  "Main.java":"int four(int x) { return com.acme.Twice.of(com.acme.Twice.of(x)); }"}}""");

        assertThat(response.expect(201).json().path("functions"))
                .extracting(function -> function.path("signature").asString())
                .containsExactlyInAnyOrder("com.acme.Twice.of(int)", "four(int)");
    }

    @Test
    void allDiagnosticsAreReportedAtOnce() {
        Response response = api.post("/environments", "text/plain", """
                int one() { return "1"; }
                int two() { return 2 }
                """);
        Response meaning = api.post("/environments", "text/plain", """
                int one() { return "1"; }
                int two() { return missing; }
                """);

        assertThat(response.problem(422, "compilation-failed").path("diagnostics"))
                .isNotEmpty();
        JsonNode diagnostics = meaning.problem(422, "compilation-failed").path("diagnostics");
        assertThat(diagnostics).extracting(found -> found.path("line").asInt()).containsExactly(1, 2);
        JsonNode second = diagnostics.get(1);
        assertThat(second.path("source").asString()).isEqualTo("Main.java");
        assertThat(second.path("column").asInt()).isEqualTo(20);
        assertThat(second.path("severity").asString()).isEqualTo("error");
        assertThat(second.path("code").asString()).startsWith("compiler.err.cant.resolve");
        assertThat(second.path("message").asString()).contains("missing");
        assertThat(second.path("snippet").asString()).isEqualTo("int two() { return missing; }");
    }

    @Test
    void checkStoresNothing() {
        String good = "int checked() { return 7; }";
        JsonNode checked = api.post("/environments?check=true", "text/plain", good)
                .expect(200)
                .json();
        JsonNode bad = api.post("/environments?check=true", "text/plain", "int checked( { }")
                .expect(200)
                .json();

        assertThat(checked.path("functions").get(0).path("name").asString()).isEqualTo("checked");
        assertThat(checked.path("diagnostics")).isEmpty();
        assertThat(bad.path("diagnostics")).isNotEmpty();
        api.post("/environments", "text/plain", good).expect(201);
    }

    @Test
    void workersFetchTheBundleWithItsDigest() throws Exception {
        String id = api.load(SQUARE);

        Response bundle = master.worker().get("/environments/" + id + "/bundle").expect(200);

        String digest = Sha256.hex(bundle.bytes());
        assertThat(bundle.header("ETag")).isEqualTo('"' + digest + '"');
        assertThat(bundle.header("Cache-Control")).contains("private", "immutable");
        assertThat(entries(bundle.bytes())).contains("Main.class", "META-INF/minimalcluster/functions.json");
    }

    private static List<String> entries(byte[] jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    @Test
    void environmentsArePagedNewestFirst() {
        List<String> loaded = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loaded.addFirst(api.load("int listed" + i + "() { return 0; }"));
        }

        JsonNode first = api.get("/environments?limit=2").expect(200).json();
        JsonNode second = api.get(
                        "/environments?limit=2&after=" + first.path("next").asString())
                .expect(200)
                .json();

        assertThat(first.path("items"))
                .extracting(item -> item.path("id").asString())
                .containsExactlyElementsOf(loaded.subList(0, 2));
        assertThat(second.path("items").get(0).path("id").asString()).isEqualTo(loaded.get(2));
    }

    @Test
    void unusedEnvironmentIsDeleted() {
        String id = api.load("int deleted() { return 0; }");

        api.delete("/environments/" + id).expect(204);

        api.get("/environments/" + id).problem(404, "not-found");
        api.delete("/environments/" + id).problem(404, "not-found");
    }

    @Test
    void environmentInUseIsNotDeleted() {
        String named = api.load("int named() { return 0; }");
        api.post("/functions", "{\"environmentId\":\"%s\",\"method\":\"named\"}".formatted(named))
                .expect(201);
        String busy = api.load("int busy(int x) { return 0; }");
        String job = api.submit(busy, "busy", "[1]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();

        assertThat(api.delete("/environments/" + named).problem(409, "conflict").has("state"))
                .isTrue();
        api.delete("/environments/" + busy).problem(409, "conflict");

        api.delete("/functions/named").expect(204);
        api.post("/jobs/" + job + "/cancel", "").expect(200);
        api.delete("/environments/" + named).expect(204);
        api.delete("/environments/" + busy).expect(204);
    }

    @Test
    void environmentIsVisibleToOwnerObserverAndAdmin() {
        String id = api.load("int hidden() { return 0; }");

        master.bob().get("/environments/" + id).problem(404, "not-found");
        master.bob().get("/environments/" + id + "/sources").problem(404, "not-found");
        master.bob().delete("/environments/" + id).problem(404, "not-found");
        master.bob().submit(id, "hidden", "[1]", "{}").problem(404, "not-found");
        master.bob()
                .post("/functions", "{\"environmentId\":\"%s\",\"method\":\"hidden\"}".formatted(id))
                .problem(404, "not-found");
        master.observer().get("/environments/" + id).expect(200);
        master.observer().get("/environments/" + id + "/sources").problem(403, "forbidden");
        master.admin().get("/environments/" + id + "/sources").expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../A.java",
                "/etc/A.java",
                "a/../../A.java",
                "C:\\\\A.java",
                "@args.java",
                "A.txt",
                "-J-Xmx.java",
                ""
            })
    void pathTraversalInSourceNamesIsRejected(String name) {
        JsonNode problem = api.post("/environments", "{\"sources\":{\"%s\":\"int f() { return 0; }\"}}".formatted(name))
                .problem(422, "bad-file");

        assertThat(problem.has("file")).isTrue();
    }

    @Test
    void sourceOverTheLimitIsRejected() {
        JsonNode problem =
                api.post("/environments", "text/plain", "// ".repeat(30_000)).problem(413, "payload-too-large");

        assertThat(problem.path("limitBytes").asLong()).isEqualTo(64 * 1024);
    }

    @Test
    void unknownMediaTypesAndFieldsAreRejected() {
        api.post("/environments", "application/pdf", SQUARE).problem(415, "unsupported-media-type");
        JsonNode field =
                api.post("/environments", "{\"sources\":{},\"surprise\":1}").problem(400, "malformed-request");
        JsonNode parameter =
                api.post("/environments?chekc=true", "text/plain", SQUARE).problem(400, "malformed-request");
        JsonNode syntax = api.post("/environments", "{\"sources\":\n  nope}").problem(400, "malformed-request");

        assertThat(field.path("field").asString()).isEqualTo("surprise");
        assertThat(parameter.path("field").asString()).isEqualTo("chekc");
        assertThat(syntax.path("line").asInt()).isEqualTo(2);
    }

    @Test
    void compilerResourcesAreLimited() {
        String doubling = "class A { static final String A0 = \"0123456789abcdef\";" + doubled(30)
                + " int f() { return A29.length(); } }";

        Response response = api.post("/environments", "text/plain", doubling);

        response.problem(422, "compilation-limit");
        api.load("int afterTheLimit() { return 0; }");
    }

    private static String doubled(int times) {
        StringBuilder source = new StringBuilder();
        for (int i = 1; i < times; i++) {
            source.append("static final String A%d = A%d + A%d;".formatted(i, i - 1, i - 1));
        }
        return source.toString();
    }

    @Test
    void loadingDoesNotInitializeClasses() {
        JsonNode environment =
                api.post("/environments", "text/plain", """
                        class Trap {
                            static { if (true) throw new IllegalStateException("initialised"); }
                            static int f(int x) { return x; }
                        }
                        """).expect(201).json();

        assertThat(environment.path("functions").get(0).path("signature").asString())
                .isEqualTo("Trap.f(int)");
    }

    @Test
    void newlinesRemovedByCurlAreReported() {
        String stripped = "int twice(int x) { // doubles    return 2 * x;}";

        JsonNode problem = api.post("/environments", "application/x-www-form-urlencoded", stripped)
                .problem(422, "compilation-failed");
        assertThat(problem.path("diagnostics").get(0).path("message").asString())
                .contains("--data-binary");

        JsonNode hidden = api.post("/environments", "application/x-www-form-urlencoded", "// all" + stripped)
                .expect(201)
                .json();
        assertThat(hidden.path("warnings").get(0).path("message").asString()).contains("--data-binary");
    }
}
