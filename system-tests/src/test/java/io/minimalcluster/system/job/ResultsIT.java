package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests the results of a job with six tasks. The fourth task fails. The outcomes are recorded in the order 4 5, 2 3, 0
 * 1.
 */
@Tag("postgres")
@UseShared(QuietMaster.class)
class ResultsIT {
    private final QuietMaster master;
    private final Api api;
    private String job = "";
    private String worker = "";

    ResultsIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
    }

    @BeforeEach
    void recordSixTasks() {
        job = api.start("long tenfold(long x) { return 10 * x; }", "tenfold", "[0,1,2,3,4,5]", "{\"batchSize\":6}");
        RawWorker rawWorker = master.newWorker("hands");
        worker = rawWorker.id();
        String lease = rawWorker.takeBatch().path("leaseId").asString();
        rawWorker
                .results(lease, 4, 2, "40,[ 5,\\n\"é\" ]".replace("\\n", "\n"), false)
                .expect(200);
        rawWorker.results(lease, """
                {"first":2,"count":2,"values":[20,null],"micros":[1500,2500],"done":false,
                 "errors":[{"index":3,"kind":"exception","type":"java.lang.ArithmeticException","message":"/ by zero",
                            "stackTrace":["Main.tenfold(Main.java:1)"],"attempts":1}],
                 "output":[{"index":2,"text":"printed","truncated":true}]}""").expect(200);
        rawWorker.results(lease, 0, 2, "0,10", true).expect(200);
    }

    private List<Long> indexes(String query) {
        Response response = api.get("/jobs/" + job + "/results" + query).expect(200);
        assertThat(response.header("Content-Type")).startsWith("application/x-ndjson");
        List<Long> indexes = new ArrayList<>();
        response.lines().forEach(line -> indexes.add(line.path("index").asLong()));
        return indexes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0,1,2,3,4,5",
                "?order=index|0,1,2,3,4,5",
                "?order=index&after=3|4,5",
                "?order=index&limit=2|0,1",
                "?order=completion|4,5,2,3,0,1",
                "?order=completion&after=3|3,0,1",
                "?order=completion&after=6|",
                "?order=completion&after=1&limit=2|5,2",
                "?state=failed|3",
                "?state=succeeded|0,1,2,4,5",
                "?state=succeeded&limit=3|0,1,2",
                "?state=succeeded&order=completion&limit=3|4,5,2"
            })
    void resultsHonourOrderStateAfterAndLimit(String query, String expected) {
        assertThat(indexes(query).toString().replaceAll("[\\[\\] ]", "")).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void eachLineIsAValueOrAnError() {
        List<JsonNode> lines = api.get("/jobs/" + job + "/results").lines();

        assertThat(lines.get(1).toString()).isEqualTo("{\"index\":1,\"value\":10}");
        assertThat(lines.get(5).path("value").toString()).isEqualTo("[5,\"é\"]");
        JsonNode error = lines.get(3).path("error");
        assertThat(lines.get(3).has("value")).isFalse();
        assertThat(error.path("kind").asString()).isEqualTo("exception");
        assertThat(error.path("type").asString()).isEqualTo("java.lang.ArithmeticException");
        assertThat(error.path("message").asString()).isEqualTo("/ by zero");
        assertThat(error.path("stackTrace").get(0).asString()).isEqualTo("Main.tenfold(Main.java:1)");
        assertThat(error.path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void resultsArePagedAsJson() {
        String path = "/jobs/" + job + "/results?limit=4";
        JsonNode first = api.get(path, "application/json").expect(200).json();
        JsonNode second = api.get(path + "&after=" + first.path("next").asString(), "application/json")
                .expect(200)
                .json();

        assertThat(first.path("items")).hasSize(4);
        assertThat(second.path("items"))
                .extracting(item -> item.path("index").asLong())
                .containsExactly(4L, 5L);
        assertThat(second.path("next").isNull()).isTrue();
    }

    @Test
    void fullLastPageHasNoNextCursor() {
        Response response =
                api.get("/jobs/" + job + "/results?limit=6", "application/json").expect(200);
        JsonNode page = response.json();

        assertThat(response.text()).endsWith("}\n");
        assertThat(page.path("items")).hasSize(6);
        assertThat(page.path("next").isNull()).isTrue();
    }

    @Test
    void failedJobHasTheValuesOfOtherTasks() {
        assertThat(api.job(job).path("state").asString()).isEqualTo("FAILED");
        JsonNode values = api.get("/jobs/" + job + "/values").expect(200).json();
        assertThat(values.toString()).isEqualTo("[0,10,20,null,40,[5,\"é\"]]");
        api.get("/jobs/" + job + "/values?strict=true").problem(409, "conflict");
    }

    @Test
    void taskIsShownWithAllFields() {
        JsonNode good = api.get("/jobs/" + job + "/tasks/2").expect(200).json();
        JsonNode bad = api.get("/jobs/" + job + "/tasks/3").expect(200).json();

        assertThat(good.path("state").asString()).isEqualTo("succeeded");
        assertThat(good.path("argument").asLong(-1)).isEqualTo(2);
        assertThat(good.path("value").asLong()).isEqualTo(20);
        assertThat(good.path("worker").asString()).isEqualTo(worker);
        assertThat(good.path("seconds").asDouble()).isEqualTo(0.0015);
        assertThat(good.path("output").asString()).isEqualTo("printed");
        assertThat(good.path("outputTruncated").asBoolean()).isTrue();
        assertThat(good.path("attempts").asInt()).isEqualTo(1);
        assertThat(good.path("finishedAt").asString()).endsWith("Z");
        assertThat(bad.path("state").asString()).isEqualTo("failed");
        assertThat(bad.path("error").path("kind").asString()).isEqualTo("exception");
        assertThat(bad.has("value")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "-1", "9223372036854775807"})
    void indexOutOfBoundsIsNotFound(String index) {
        api.get("/jobs/" + job + "/tasks/" + index).problem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order=random", "state=lost", "after=-1", "after=x", "limit=0", "follow=perhaps", "surprise=1"})
    void invalidQueryIsRejected(String query) {
        JsonNode problem = api.get("/jobs/" + job + "/results?" + query).problem(400, "malformed-request");

        assertThat(problem.path("field").asString()).isEqualTo(query.replaceAll("=.*", ""));
    }

    @Test
    void csvIsQuoted() {
        Response csv =
                api.get("/jobs/" + job + "/results?args=true", "text/csv").expect(200);

        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.text().split("\r\n", -1))
                .containsExactly(
                        "index,argument,state,value,kind,type,message,attempts",
                        "0,\"0\",succeeded,\"0\",,,,",
                        "1,\"1\",succeeded,\"10\",,,,",
                        "2,\"2\",succeeded,\"20\",,,,",
                        "3,\"3\",failed,,exception,\"java.lang.ArithmeticException\",\"/ by zero\",1",
                        "4,\"4\",succeeded,\"40\",,,,",
                        "5,\"5\",succeeded,\"[ 5,\n\"\"é\"\" ]\",,,,",
                        "");
    }

    @Test
    void linesIncludeArgumentsOnRequest() {
        assertThat(api.get("/jobs/" + job + "/results?args=true&order=completion&limit=1")
                        .text())
                .isEqualTo("{\"index\":4,\"argument\":4,\"value\":40}\n");
    }

    @Test
    void valuesAreMappedByArgument() {
        Response map = api.get("/jobs/" + job + "/values?as=map").expect(200);

        assertThat(map.text()).endsWith("}\n");
        assertThat(map.json().toString()).isEqualTo("{\"0\":0,\"1\":10,\"2\":20,\"3\":null,\"4\":40,\"5\":[5,\"é\"]}");
        api.get("/jobs/" + job + "/values?as=map&strict=true").problem(409, "conflict");
        assertThat(api.get("/jobs/" + job + "/values?as=list")
                        .problem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("as");
    }

    @Test
    void pagesOfTheLogContinueAfterTheLastLine() {
        String path = "/jobs/" + job + "/results?order=completion&state=succeeded&limit=3";
        JsonNode first = api.get(path, "application/json").expect(200).json();
        JsonNode second = api.get(path + "&after=" + first.path("next").asString(), "application/json")
                .expect(200)
                .json();

        assertThat(second.path("items"))
                .extracting(item -> item.path("index").asLong())
                .containsExactly(0L, 1L);
    }

    @Test
    void cancelledTasksAreNotInTheLog() {
        assertThat(indexes("?state=cancelled")).isEmpty();
        assertThat(api.get("/jobs/" + job + "/results?state=cancelled&order=completion")
                        .problem(400, "malformed-request")
                        .path("field")
                        .asString())
                .isEqualTo("order");
    }

    @Test
    void followOfAnEndedJobReturnsAtOnce() {
        assertThat(indexes("?follow=true")).containsExactly(4L, 5L, 2L, 3L, 0L, 1L);
        assertThat(indexes("?follow=true&after=4")).containsExactly(0L, 1L);
        api.get("/jobs/" + job + "/results?follow=true", "application/json").problem(400, "malformed-request");
        assertThat(api.call("HEAD", "/jobs/" + job + "/results?follow=true")
                        .expect(200)
                        .header("X-Accel-Buffering"))
                .isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/results", "/values", "/values?as=map", "/events"})
    void streamsAreNotBufferedByProxies(String call) {
        assertThat(api.get("/jobs/" + job + call).expect(200).header("X-Accel-Buffering"))
                .isEqualTo("no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/results", "/results?follow=true", "/values", "/events", "/explain", "/tasks/0"})
    void resultsAreVisibleToTheOwnerOnly(String call) {
        master.bob().get("/jobs/" + job + call).problem(404, "not-found");
    }

    @Test
    void unsupportedMediaTypeIsNotAcceptable() {
        api.get("/jobs/" + job + "/events", "application/json").problem(406, "not-acceptable");
        api.get("/jobs/" + job + "/values", "text/csv").problem(406, "not-acceptable");
        api.get("/jobs/" + job + "/results", "image/png").problem(406, "not-acceptable");
    }
}
