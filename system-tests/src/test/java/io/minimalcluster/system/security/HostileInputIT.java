package io.minimalcluster.system.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests invalid bodies for every call that takes JSON. */
@UseShared({Cluster.class, QuietMaster.class})
class HostileInputIT {
    /** Calls, each with the name of a text field of its body. */
    static final List<String> CALLS = List.of(
            "/environments name",
            "/functions method",
            "/jobs function",
            "/run function",
            "/keys name",
            "/session key",
            "/workers name",
            "/workers/worker-x/poll requestId");

    /** Invalid bodies by description. A tilde stands for the start of an object up to the value of the field. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("null", "null"),
            Map.entry("another kind", "[1]"),
            Map.entry("a text", "\"x\""),
            Map.entry("half", "~\"x\""),
            Map.entry("more than all", "~\"x\"} 1"),
            Map.entry("NaN", "~NaN}"),
            Map.entry("a mark of the byte order", "\uFEFF~\"x\"}"),
            Map.entry("half a pair", "~\"\\ud800\"}"),
            Map.entry("comments", "/* */ ~\"x\"}"));

    private final QuietMaster master;

    HostileInputIT(QuietMaster master) {
        this.master = master;
    }

    private Api caller(String path) {
        return path.startsWith("/workers") ? master.worker() : master.admin();
    }

    private Response post(String path, byte[] body, Map<String, String> headers) {
        return caller(path).send("POST", "/api/v1" + path, headers, BodyPublishers.ofByteArray(body));
    }

    private Response post(String path, byte[] body) {
        return post(path, body, Map.of("Content-Type", "application/json"));
    }

    private static Map<String, byte[]> bodies(String field) {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("nothing", new byte[0]);
        String value = "{\"" + field + "\":";
        TEXTS.forEach((name, text) -> bodies.put(name, text.replace("~", value).getBytes(UTF_8)));
        bodies.put("a field twice", (value + "\"x\",\"" + field + "\":\"y\"}").getBytes(UTF_8));
        bodies.put("no UTF-8", ("{\"" + field + "\":\"\u00ff\u00fe\"}").getBytes(ISO_8859_1));
        bodies.put("too deep", ("{\"" + field + "\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(UTF_8));
        bodies.put("too many digits", ("{\"" + field + "\":" + "9".repeat(900_000) + "}").getBytes(UTF_8));
        bodies.put("a type of its own", ("{\"@class\":\"java.net.URL\",\"" + field + "\":\"x\"}").getBytes(UTF_8));
        return bodies;
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void invalidBodiesAreRejectedWithoutServerErrors(String call) {
        String path = call.split(" ", -1)[0];
        bodies(call.split(" ", -1)[1]).forEach((name, body) -> {
            Response response = post(path, body);

            boolean mayIgnore = path.startsWith("/workers")
                    && List.of("a type of its own", "too many digits").contains(name);
            boolean isLong = body.length > 4096 && path.equals("/session");
            assertThat(response.status())
                    .as("%s to %s: %s", name, path, response.text())
                    .isIn(isLong ? List.of(413) : mayIgnore ? List.of(400, 410, 422) : List.of(400));
            assertThat(response.header("Content-Type")).startsWith("application/problem+json");
        });
        master.admin().get("/jobs?limit=1").expect(200);
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void unsupportedCompressedOrTooLargeBodyIsRejected(String call) {
        String path = call.split(" ", -1)[0];
        byte[] body = "{}".getBytes(UTF_8);

        post(path, body, Map.of("Content-Type", "application/xml")).problem(415, "unsupported-media-type");
        post(path, body, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"))
                .problem(415, "unsupported-media-type");
        assertThat(post(path, new byte[QuietMaster.REQUEST_BYTES + 1])
                        .problem(413, "payload-too-large")
                        .path("limitBytes")
                        .asLong())
                .isPositive();
    }

    @Test
    void everyResponseHasARequestIdAndNosniff() {
        for (Response response : List.of(
                master.alice().get("/jobs"),
                master.alice().get("/jobs/job-x"),
                master.alice().get("/jobs?surprise=1"),
                master.alice().withoutKey().get("/jobs"),
                master.alice().withoutKey().send("GET", "/problems/conflict", Map.of(), BodyPublishers.noBody()),
                master.alice().withoutKey().send("GET", "/actuator/health", Map.of(), BodyPublishers.noBody()))) {
            assertThat(response.header("X-Request-Id")).as(response.call()).isNotBlank();
            assertThat(response.header("X-Content-Type-Options"))
                    .as(response.call())
                    .isEqualTo("nosniff");
        }
    }

    /**
     * A JSON object whose names have the same hash code: combinations of "Aa" and "BB", which have equal hash codes.
     */
    private static String namesWithEqualHashCodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> IntStream.range(0, 17)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    void namesWithEqualHashCodesAreParsed(Cluster cluster) {
        String names = namesWithEqualHashCodes(100_000);
        Api api = cluster.api();

        assertThat(api.run(
                        "int size(java.util.Map<String, Integer> map) { return map.size(); }",
                        "size",
                        "[" + names + "]"))
                .isEqualTo("[100000]");
        String environment = api.load("int one(int x) { return 1; }");
        for (String option : List.of("labels", "requires", "surprise")) {
            assertThat(api.submit(environment, "one", "[1]", "{\"" + option + "\":" + names + "}")
                            .status())
                    .as(option)
                    .isIn(400, 422);
        }
        assertThat(api.post("/environments", "{\"sources\":" + names + "}").status())
                .isIn(400, 422);
    }
}
