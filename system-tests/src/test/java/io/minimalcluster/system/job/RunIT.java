package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code POST /run}: code and arguments in, values out, in one call. */
@UseShared(Cluster.class)
class RunIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";
    private static final String BOUNDARY = "----------------------------0a1b2c3d4e5f";

    private final Api api;

    RunIT(Cluster cluster) {
        this.api = cluster.api();
    }

    private Response json(String more) {
        return api.post("/run", "{\"source\":%s,\"function\":\"square\",%s}".formatted(Json.write(SQUARE), more));
    }

    private Response source(String query) {
        return api.post("/run?" + query, "application/x-www-form-urlencoded", SQUARE);
    }

    /** Posts a multipart form. Fields have the format {@code name=value}, files {@code name@file=content}. */
    private Response form(String query, String... parts) {
        StringBuilder body = new StringBuilder();
        for (String part : parts) {
            String name = part.substring(0, part.indexOf('='));
            int file = name.indexOf('@');
            body.append("--").append(BOUNDARY).append("\r\nContent-Disposition: form-data; name=\"");
            body.append(file < 0 ? name : name.substring(0, file)).append('"');
            if (file >= 0) {
                body.append("; filename=\"").append(name.substring(file + 1)).append('"');
                body.append("\r\nContent-Type: application/octet-stream");
            }
            body.append("\r\n\r\n").append(part.substring(name.length() + 1)).append("\r\n");
        }
        body.append("--").append(BOUNDARY).append("--\r\n");
        return api.post("/run" + query, "multipart/form-data; boundary=" + BOUNDARY, body.toString());
    }

    private static String values(Response response) {
        JsonNode ran = response.expect(200).json();
        assertThat(ran.path("job").path("state").asString()).as(response.text()).isEqualTo("SUCCEEDED");
        assertThat(ran.path("job").path("id").asString()).startsWith("job-");
        return ran.path("values").toString();
    }

    @Test
    void jsonFieldsMayHaveAnyOrder() {
        assertThat(values(json("\"args\":[1,2,3]"))).isEqualTo("[1,4,9]");
        assertThat(values(json("\"args\":{\"range\":{\"from\":0,\"to\":4}},\"options\":{\"priority\":9}")))
                .isEqualTo("[0,1,4,9]");
        assertThat(values(api.post(
                        "/run?wait=60s",
                        "{\"options\":{\"name\":\"n\"},\"args\":[5],\"function\":\"A.f\",\"sources\":{\"A.java\":"
                                + "\"public class A { public static int f(int x) { return B.g(x); } }\",\"B.java\":"
                                + "\"class B { static int g(int x) { return x + 1; } }\"}}")))
                .isEqualTo("[6]");
    }

    @Test
    void optionsAreValidated() {
        json("\"args\":[1],\"options\":{\"batchSize\":-5}").problem(422, "invalid-option");
        json("\"args\":[1],\"options\":{\"maxAttempts\":2147483647}").problem(422, "invalid-option");
    }

    @Test
    void rawSourceIsRunWithQueryParameters() {
        assertThat(values(source("function=square&args=1,2,3"))).isEqualTo("[1,4,9]");
        assertThat(values(source("function=square&args=[1,2,3]&priority=7"))).isEqualTo("[1,4,9]");
        assertThat(values(source("function=square&range=0..1_0&step=5"))).isEqualTo("[0,25]");
        assertThat(values(api.post(
                        "/run?function=add&args=[1,2],[3,4]", "text/plain", "int add(int a, int b) { return a + b; }")))
                .isEqualTo("[3,7]");
        assertThat(values(api.post(
                        "/run?function=add&args=[1,2]", "text/plain", "int add(int a, int b) { return a + b; }")))
                .isEqualTo("[3]");
    }

    @Test
    void formIsRun() {
        assertThat(values(form("", "source@Square.java=" + SQUARE, "function=square", "args=1,2,3")))
                .isEqualTo("[1,4,9]");
        assertThat(values(form("", "args@args.json=[4, 5]", "function=square", "source=" + SQUARE, "priority=7")))
                .isEqualTo("[16,25]");
        assertThat(values(form("?function=square", "args@args.ndjson=1\n2\n", "source=" + SQUARE)))
                .isEqualTo("[1,4]");
        assertThat(values(form("", "source=" + SQUARE, "function=square", "range=0..3")))
                .isEqualTo("[0,1,4]");
        assertThat(values(form("", "source=" + SQUARE, "function=square", "args={\"range\":{\"from\":0,\"to\":2}}")))
                .isEqualTo("[0,1]");
    }

    @Test
    void manyValuesAndArgumentsAreStreamed() {
        String expected = LongStream.range(0, 200_000)
                .mapToObj(x -> Long.toString(x * x))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(source("function=square&range=0..200000").expect(200).text())
                .endsWith(",\"values\":" + expected + "}\n");
        String args = LongStream.range(0, 200_000).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
        assertThat(json("\"args\":" + args).expect(200).text()).endsWith(",\"values\":" + expected + "}\n");
        assertThat(form("", "args@a.json=" + args, "function=square", "source=" + SQUARE)
                        .expect(200)
                        .text())
                .endsWith(",\"values\":" + expected + "}\n");
    }

    @Test
    void reducedRunReturnsTheJobOnly() {
        List<Response> responses = List.of(
                json("\"args\":[1,2,3],\"options\":{\"reduce\":\"sum\"}"),
                source("function=square&args=1,2,3&reduce=sum"),
                form("", "source=" + SQUARE, "function=square", "args=1,2,3", "reduce=sum"),
                source("function=square&args=1,2,3&reduce=sum&values=false"));
        for (Response response : responses) {
            JsonNode job = response.expect(200).json();
            assertThat(job.path("id").asString()).startsWith("job-");
            assertThat(job.path("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(job.path("reduced").asInt()).isEqualTo(14);
            assertThat(job.has("values")).isFalse();
            assertThat(response.text()).endsWith("}\n");
        }
    }

    @Test
    void valuesParameterAddsValuesToAReducedRun() {
        List<Response> responses = List.of(
                api.post(
                        "/run?values=true",
                        "{\"source\":%s,\"function\":\"square\",\"args\":[1,2,3],\"options\":{\"reduce\":\"sum\"}}"
                                .formatted(Json.write(SQUARE))),
                source("function=square&args=1,2,3&reduce=sum&values=true"),
                form("?values=true", "source=" + SQUARE, "function=square", "args=1,2,3", "reduce=sum"));
        for (Response response : responses) {
            assertThat(values(response)).isEqualTo("[1,4,9]");
            assertThat(response.json().path("job").path("reduced").asInt()).isEqualTo(14);
        }
    }

    @Test
    void valuesParameterOmitsValues() {
        JsonNode job =
                source("function=square&args=1,2,3&values=false").expect(200).json();

        assertThat(api.values(job.path("id").asString())).isEqualTo("[1,4,9]");
    }

    @Test
    void unfinishedRunReturnsTheJob() {
        Response response = api.post(
                "/run?function=nap&args=1&wait=0s",
                "text/plain",
                "int nap(int x) throws InterruptedException { Thread.sleep(500); return x; }");

        JsonNode job = response.expect(202).json();
        String id = job.path("id").asString();
        assertThat(response.header("Location")).isEqualTo("/api/v1/jobs/" + id);
        assertThat(api.values(id)).isEqualTo("[1]");
    }

    @Test
    void failuresAreReportedBesideTheValues() {
        JsonNode ran = api.post("/run?function=half&args=1,0", "text/plain", "int half(int x) { return 10 / x; }")
                .expect(200)
                .json();

        assertThat(ran.path("job").path("state").asString()).isEqualTo("FAILED");
        assertThat(ran.path("values").toString()).isEqualTo("[10,null]");
    }

    @Test
    void runRegistersNoFunction() {
        String source = "long unregistered(long x) { return x; }";
        api.post("/run?function=unregistered&args=1", "text/plain", source).expect(200);

        api.get("/functions/unregistered").problem(404, "not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "args=1|400|malformed-request",
                "function=square|422|invalid-arguments",
                "function=square&args=1&range=0..2|400|malformed-request",
                "function=square&range=0-2|400|malformed-request",
                "function=square&range=0..99999999999999999999|400|malformed-request",
                "function=square&range=0..2&step=0|422|invalid-option",
                "function=square&step=2|400|malformed-request",
                "function=square&args=a|400|malformed-request",
                "function=square&args=1.5|422|invalid-arguments",
                "function=cube&args=1|422|unknown-function",
                "function=square&args=1&prio=3|400|malformed-request",
                "function=square&args=1&priority=10|422|invalid-option",
                "function=square&args=1&wait=soon|400|malformed-request",
                "function=square&args=1&values=all|400|malformed-request",
                "function=square&args=1&values=true&values=true|400|malformed-request"
            })
    void invalidQueryIsRejected(String query, int status, String slug) {
        source(query).problem(status, slug);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"source\":\"int f(int x) { return x; }\",\"function\":\"f\",\"args\":[1]",
                "{\"source\":\"int f(int x) { return x; }\",\"function\":\"f\",\"args\":[1],\"more\":1}",
                "{\"source\":\"int f(int x) { return x; }\",\"args\":[1]}",
                "{\"function\":\"f\",\"args\":[1]}",
                "{\"source\":\"\",\"sources\":{\"A.java\":\"\"},\"function\":\"f\",\"args\":[1]}",
                "{\"source\":1,\"function\":\"f\",\"args\":[1]}",
                "{\"source\":\"x\",\"source\":\"x\",\"function\":\"f\",\"args\":[1]}"
            })
    void malformedBodyIsRejected(String body) {
        api.post("/run", body).problem(400, "malformed-request");
    }

    @Test
    void malformedFormIsRejected() {
        form("", "function=square", "args=1").problem(400, "malformed-request");
        form("", "source=" + SQUARE, "function=square").problem(422, "invalid-arguments");
        form("", "source=" + SQUARE, "function=square", "args=1", "colour=red").problem(400, "malformed-request");
        form("", "source=" + SQUARE, "function=square", "args=1", "values=true").problem(400, "malformed-request");
        form("?function=square", "source=" + SQUARE, "function=square", "args=1")
                .problem(400, "malformed-request");
        form("", "source=" + SQUARE, "function=square", "args@a.json=[1", "x=1").problem(400, "malformed-request");
        api.post(
                        "/run",
                        "multipart/form-data; boundary=x",
                        "--x\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\nint")
                .problem(400, "malformed-request");
        api.post("/run", "multipart/form-data", "nothing").problem(400, "malformed-request");
        api.post("/run", "image/png", "x").problem(415, "unsupported-media-type");
    }

    @Test
    void invalidRunStoresNothing() {
        int environments = size("/environments?limit=1000");
        int jobs = size("/jobs?limit=1000");
        String code = "int unkept(int x) { return x; }";

        api.post("/run?function=unkept&args=1,x", "text/plain", code).problem(400, "malformed-request");
        api.post("/run?function=unkept&args=1,null", "text/plain", code).problem(422, "invalid-arguments");
        api.post("/run?function=other&args=1", "text/plain", code).problem(422, "unknown-function");
        JsonNode problem = api.post("/run?function=f&args=1", "text/plain", "int f(int x) { return y; }")
                .problem(422, "compilation-failed");

        assertThat(problem.path("diagnostics").size()).isEqualTo(1);
        assertThat(size("/environments?limit=1000")).isEqualTo(environments);
        assertThat(size("/jobs?limit=1000")).isEqualTo(jobs);
    }

    private int size(String list) {
        return api.get(list).expect(200).json().path("items").size();
    }

    @Test
    void runNeedsAKey() {
        api.withoutKey()
                .post("/run?function=square&args=1", "text/plain", SQUARE)
                .problem(401, "unauthenticated");
    }
}
