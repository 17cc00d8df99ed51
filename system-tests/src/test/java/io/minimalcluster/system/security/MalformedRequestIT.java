package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Walks over all endpoints of the API description with malformed headers, queries, paths and fields. */
@UseShared(QuietMaster.class)
class MalformedRequestIT {
    private static final List<String> CONTENT_TYPES = List.of(
            "",
            " ",
            "/",
            ";",
            "*",
            "*/*",
            "application/*",
            "*/json",
            "application",
            "a/b/c",
            "application/json;charset=x",
            "application/json;charset=",
            "application/json;charset=\"utf-8",
            "application/json;charset=utf-16",
            "application/x-ndjson;charset=x",
            "text/plain;charset=x",
            "text/plain;q=x",
            "multipart/form-data",
            "multipart/form-data;boundary=");
    private static final Map<String, List<String>> HEADERS = Map.of(
            "Accept", List.of("", "x", "*/x", ";", ",,,", "application/json;q=2", "text/*;q=x", "*/*;charset=x"),
            "Accept-Charset", List.of("", "x", ";q"),
            "Range", List.of("", "x", "bytes=9-1", "bytes=-99999999999999999999"),
            "If-None-Match", List.of("", "x", "\""),
            "If-Modified-Since", List.of("x", "Thu, 99 Foo 9999 99:99:99 GMT"),
            "Last-Event-ID", List.of("", "x", "99999999999999999999-1-RUNNING"),
            "Idempotency-Key", List.of("", " ", "x".repeat(1000)),
            "Cookie", List.of("", "=", "mc_session", "mc_session=;mc_session=x"));
    private static final List<String> VALUES = List.of(
            "",
            "%00",
            "%20",
            "-1",
            "0.5",
            "99999999999999999999",
            "1e999999999",
            "NaN",
            "%C3%A9",
            "%FF",
            "x".repeat(2000));
    private static final List<String> PATH_PARTS = List.of(
            "%00",
            "%01",
            "%20",
            "%FF",
            "%C3%A9",
            "-1",
            "99999999999999999999",
            ".",
            "..",
            "%2e%2e",
            "%2F",
            "%5C",
            "x;y",
            "%25",
            "x".repeat(2000));

    /** Calls that change the master itself, whatever their input. */
    private static final String EXCLUDED = "/cluster/";

    private final QuietMaster master;
    private final List<String> failures = new ArrayList<>();
    private int count;

    MalformedRequestIT(QuietMaster master) {
        this.master = master;
    }

    private record Endpoint(String method, String path, List<String> parameters) {
        /** The path with all variables replaced. */
        String with(String part) {
            return path.replaceAll("\\{[^}]+}", part);
        }
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        JsonNode paths = master.admin()
                .send("GET", "/v3/api-docs", Map.of(), BodyPublishers.noBody())
                .expect(200)
                .json()
                .path("paths");
        paths.propertyStream()
                .filter(path -> !path.getKey().contains(EXCLUDED))
                .forEach(path -> path.getValue().propertyStream().forEach(operation -> {
                    List<String> parameters = new ArrayList<>(List.of("surprise"));
                    operation.getValue().path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asString().equals("query")) {
                            parameters.add(parameter.path("name").asString());
                        }
                    });
                    endpoints.add(new Endpoint(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), parameters));
                }));
        assertThat(endpoints).hasSizeGreaterThan(30);
        return endpoints;
    }

    private Api caller(String path) {
        return path.contains("/workers") || path.endsWith("/bundle") ? master.worker() : master.admin();
    }

    private void send(String method, String path, Map<String, String> headers, String body) {
        count++;
        Response response =
                caller(path).send(method, path, headers, BodyPublishers.ofString(method.equals("GET") ? "" : body));
        if (response.status() >= 500) {
            failures.add(method + " " + path + " " + headers + ": " + response.status());
        }
    }

    private void expectNoServerErrors() {
        assertThat(count).isGreaterThan(100);
        assertThat(failures).isEmpty();
        master.admin().get("/jobs?limit=1").expect(200);
    }

    @Test
    void malformedContentTypesCauseNoServerErrors() {
        for (Endpoint endpoint : endpoints()) {
            for (String type : CONTENT_TYPES) {
                send(endpoint.method, endpoint.with("x"), Map.of("Content-Type", type), "{}");
            }
        }
        expectNoServerErrors();
    }

    @Test
    void malformedHeadersCauseNoServerErrors() {
        for (Endpoint endpoint : endpoints()) {
            HEADERS.forEach((name, values) -> values.forEach(value -> send(
                    endpoint.method,
                    endpoint.with("x"),
                    Map.of("Content-Type", "application/json", name, value),
                    "{}")));
        }
        expectNoServerErrors();
    }

    @Test
    void malformedQueriesCauseNoServerErrors() {
        for (Endpoint endpoint : endpoints()) {
            for (String parameter : endpoint.parameters) {
                for (String value : VALUES) {
                    send(
                            endpoint.method,
                            endpoint.with("x") + "?" + parameter.replace("*", "x") + "=" + value,
                            Map.of("Content-Type", "application/json"),
                            "{}");
                }
            }
        }
        expectNoServerErrors();
    }

    @Test
    void malformedPathsCauseNoServerErrors() {
        for (Endpoint endpoint : endpoints()) {
            for (String part : PATH_PARTS) {
                send(endpoint.method, endpoint.with(part), Map.of("Content-Type", "application/json"), "{}");
            }
        }
        expectNoServerErrors();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/json;charset=x", "application", "/"})
    void contentTypeThatIsNoneIsUnsupported(String type) {
        for (String path : HostileInputIT.CALLS) {
            String call = path.split(" ", -1)[0];
            caller(call).post(call, type, "{}").problem(415, "unsupported-media-type");
        }
        master.admin().withoutKey().post("/session", type, "{}").problem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"+999999999-12-31T23:59:59Z\"",
                "\"-999999999-01-01T00:00:00Z\"",
                "\"2100-13-01T00:00:00Z\"",
                "\"x\"",
                "\"\"",
                "1e400",
                "1e999999999",
                "1e17",
                "99999999999999999",
                "99999999999999999999",
                "-99999999999999999999",
                "[]"
            })
    void expiryOutOfRangeIsRejected(String expiresAt) {
        Response response =
                master.admin().post("/keys", "{\"name\":\"late\",\"role\":\"client\",\"expiresAt\":" + expiresAt + "}");

        assertThat(response.status()).as(response.text()).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority",
                "taskTimeoutSeconds",
                "deadlineSeconds",
                "maxAttempts",
                "maxFailures",
                "batchSize",
                "keepSeconds"
            })
    void numbersOutOfRangeAreRejected(String option) {
        for (String number :
                List.of("-1", "1e400", "1e999999999", "-1e999999999", "99999999999999999999", "\"x\"", "[]")) {
            Response response = master.alice()
                    .post(
                            "/jobs",
                            "{\"function\":\"none\",\"args\":[1],\"options\":{\"" + option + "\":" + number + "}}");

            assertThat(response.status()).as(number + ": " + response.text()).isIn(400, 422);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "-", "a.", ".a", "_"})
    void keyNameThatCantBePartOfAPathIsRejected(String name) {
        master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\"}")
                .problem(400, "malformed-request");
    }
}
