package io.minimalcluster.system.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Form;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests that the OpenAPI document of a master is public, complete and correct. */
@UseShared(MasterProcess.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDocsIT {
    private final MasterProcess master;
    private final JsonNode document;

    ApiDocsIT(MasterProcess master) {
        this.master = master;
        this.document = open(master, "/v3/api-docs").expect(200).json();
    }

    private static Response open(MasterProcess of, String path) {
        return of.api().withoutKey().send("GET", path, Map.of(), BodyPublishers.noBody());
    }

    /** Runs an action for each operation of the document, such as {@code GET /api/v1/jobs}. */
    private void forEachCall(BiConsumer<String, JsonNode> action) {
        document.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry(
                        (method, call) -> action.accept(method.toUpperCase(java.util.Locale.ROOT) + " " + path, call)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config", "/swagger-ui/index.html"})
    void documentIsPublic(String path) {
        open(master, path).expect(200);
    }

    @Test
    void documentDeclaresBearerAuthentication() {
        JsonNode scheme = document.path("components").path("securitySchemes").path("key");

        assertThat(scheme.path("type").asString()).isEqualTo("http");
        assertThat(scheme.path("scheme").asString()).isEqualTo("bearer");
        assertThat(document.path("security").get(0).has("key")).isTrue();
    }

    @Test
    void everyOperationHasSummaryExamplesAndErrors() {
        List<String> calls = new ArrayList<>();
        forEachCall((name, call) -> {
            calls.add(name);
            assertThat(call.path("summary").asString("")).as(name).isNotBlank();
            assertThat(call.path("tags")).as(name).hasSize(1);
            assertThat(call.path("responses").propertyNames())
                    .as(name)
                    .contains("401", "403")
                    .anyMatch(status -> status.startsWith("2"));
            call.path("requestBody")
                    .path("content")
                    .forEachEntry((type, body) -> assertThat(body.has("example"))
                            .as("%s %s has an example", name, type)
                            .isTrue());
            call.path("parameters")
                    .forEach(parameter -> assertThat(parameter.path("in").asString())
                            .as("%s %s", name, parameter)
                            .isIn("query", "path", "header"));
            call.path("parameters")
                    .forEach(parameter -> assertThat(
                                    !parameter.path("in").asString().equals("path") || parameter.has("example"))
                            .as("%s %s has an example", name, parameter)
                            .isTrue());
        });
        assertThat(calls).hasSizeGreaterThan(20).contains("POST /api/v1/environments", "GET /api/v1/jobs/{id}");
    }

    @Test
    void everyResponseBodyHasASchema() {
        forEachCall((name, call) -> call.path("responses").forEachEntry((status, response) -> {
            if (status.equals("204") || status.equals("304") || (status.equals("202") && name.endsWith("/shutdown"))) {
                assertThat(response.has("content")).as("%s %s", name, status).isFalse();
                return;
            }
            assertThat(response.path("content")).as("%s %s", name, status).isNotEmpty();
            response.path("content").forEachEntry((type, body) -> {
                String schema = body.path("schema").path("$ref").asString("");
                assertThat(body.has("schema"))
                        .as("%s %s %s", name, status, type)
                        .isTrue();
                assertThat(schema.isEmpty()
                                || document.path("components")
                                        .path("schemas")
                                        .has(schema.substring(schema.lastIndexOf('/') + 1)))
                        .as("%s %s %s: %s", name, status, type, schema)
                        .isTrue();
            });
        }));
    }

    @Test
    void everyOperationIsNamedAsACall() {
        List<String> names = new ArrayList<>();
        forEachCall((name, call) -> names.add(call.path("operationId").asString("")));

        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+([A-Z][a-z]+)*"))
                .contains("submitJob", "getValues", "loadEnvironment");
    }

    @Test
    void everyParameterOccursOnceAndIsDescribed() {
        forEachCall((name, call) -> {
            List<String> names = call.path("parameters")
                    .valueStream()
                    .map(parameter -> parameter.path("in").asString() + " "
                            + parameter.path("name").asString())
                    .toList();
            assertThat(names).as(name).doesNotHaveDuplicates().doesNotContain("header Accept", "query parameters");
            call.path("parameters").forEach(parameter -> {
                assertThat(parameter.path("schema").isEmpty())
                        .as("%s %s", name, parameter)
                        .isFalse();
                if (!parameter.path("in").asString().equals("path")) {
                    assertThat(parameter.path("description").asString(""))
                            .as("%s %s", name, parameter)
                            .isNotBlank();
                }
            });
        });
        assertThat(parameters("post", "/api/v1/jobs"))
                .containsExactly("Idempotency-Key", "function", "environmentId", "method", "options");
        assertThat(parameters("get", "/api/v1/jobs")).containsExactly("state", "label", "limit", "after");
    }

    private List<String> parameters(String method, String path) {
        return document.path("paths").path(path).path(method).path("parameters").findValuesAsString("name");
    }

    @Test
    void everySchemaAndMemberIsDescribedAndUsed() {
        String text = document.toString();
        document.path("components").path("schemas").forEachEntry((name, schema) -> {
            assertThat(schema.path("description").asString("")).as(name).isNotBlank();
            assertThat(text).contains("\"#/components/schemas/" + name + "\"");
            schema.path("properties")
                    .forEachEntry((member, about) -> assertThat(
                                    about.path("description").asString(""))
                            .as("%s.%s", name, member)
                            .isNotBlank());
        });
        assertThat(document.path("components").path("schemas").propertyNames())
                .doesNotContain("Caller", "IdempotentCall", "PageRequest");
    }

    @Test
    void descriptionsHaveTwoLinesAtMost() {
        List<String> all = document.path("paths").findValuesAsString("description");

        assertThat(all)
                .hasSizeGreaterThan(200)
                .allSatisfy(text -> assertThat(text.replaceAll("]\\([^)]*\\)", "]"))
                        .hasSizeLessThan(260)
                        .doesNotContain("\n\n"));
    }

    @Test
    void groupsAreDescribedInTheOrderOfTheTour() {
        assertThat(document.path("tags").findValuesAsString("name"))
                .containsExactly(
                        "Run",
                        "Environments",
                        "Functions",
                        "Jobs",
                        "Results",
                        "Cluster",
                        "Keys",
                        "Session",
                        "For workers");
        assertThat(document.path("tags").findValuesAsString("description"))
                .hasSize(9)
                .allMatch(description -> description.endsWith("."));
        assertThat(document.path("paths").propertyNames().iterator().next()).isEqualTo("/api/v1/run");
    }

    @Test
    void errorResponsesReferToTheirProblemTypes() {
        JsonNode refused = document.path("paths")
                .path("/api/v1/environments")
                .path("post")
                .path("responses")
                .path("422");

        assertThat(refused.path("description").asString())
                .contains("/problems/compilation-failed", "/problems/bad-file");
        JsonNode body = refused.path("content").path("application/problem+json");
        assertThat(body.path("examples")
                        .path("bad-file")
                        .path("value")
                        .path("type")
                        .asString())
                .isEqualTo("/problems/bad-file");
    }

    @Test
    void everyExampleIsAValidRequest() {
        Api api = master.api();
        String environment =
                send(api, "POST /api/v1/environments", "text/plain").path("id").asString();
        send(api, "POST /api/v1/functions", "application/json");
        String worker = send(api, "POST /api/v1/workers", "application/json")
                .path("workerId")
                .asString();
        forEachCall((name, call) -> call.path("requestBody").path("content").forEachEntry((type, body) -> {
            String job = send(api, "POST /api/v1/jobs", "application/json")
                    .path("id")
                    .asString();
            List<String> words = List.of(name.split(" ", -1));
            String path = words.get(1);
            if (path.startsWith("/api/v1/workers/")) {
                path = path.replace("{id}", worker).replace("{leaseId}", "lease-of-a-batch");
            } else if (path.startsWith("/api/v1/jobs/")) {
                path = path.replace("{id}", job);
            } else {
                path = path.replace("{id}", environment).replace("{name}", "square");
            }
            Response response = send(api, words.get(0), path + query(call, body), type, body.path("example"));
            assertThat(call.path("responses").has(Integer.toString(response.status())))
                    .as("%s as %s was answered with %s: %s", name, type, response.status(), response.text())
                    .isTrue();
            assertThat(response.status())
                    .as("%s as %s: %s", name, type, response.text())
                    .isNotIn(400, 415, 422, 500);
        }));
    }

    /** The query parameters of an example request: a short wait, and the parameters that its body requires. */
    private static String query(JsonNode call, JsonNode body) {
        List<String> query = new ArrayList<>();
        call.path("parameters").forEach(parameter -> {
            if (parameter.path("name").asString().equals("wait")) {
                query.add("wait=1s"); // this master has no workers
            }
        });
        if (body.has("x-example-query")) {
            query.add(body.path("x-example-query").asString());
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private JsonNode send(Api api, String name, String type) {
        List<String> words = List.of(name.split(" ", -1));
        JsonNode call =
                document.path("paths").path(words.get(1)).path(words.get(0).toLowerCase(java.util.Locale.ROOT));
        JsonNode example = call.path("requestBody").path("content").path(type).path("example");
        Response response = send(api, words.get(0), words.get(1), type, example);
        assertThat(response.status()).as(response.text()).isBetween(200, 299);
        return response.json();
    }

    private static Response send(Api api, String method, String path, String type, JsonNode example) {
        if (type.equals("multipart/form-data")) {
            Form form = new Form();
            example.forEachEntry((field, value) -> form.field(field, value.asString()));
            return form.post(api, path.substring("/api/v1".length()));
        }
        String body = example.isString() ? example.asString() : example.toString();
        return api.send(method, path, Map.of("Content-Type", type), BodyPublishers.ofString(body));
    }

    @Test
    void swaggerUiLoadsNothingFromOtherHosts() {
        Response page = open(master, "/swagger-ui/index.html").expect(200);

        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http", "*");
        assertThat(page.text()).doesNotContain("http://", "https://");
    }
}
