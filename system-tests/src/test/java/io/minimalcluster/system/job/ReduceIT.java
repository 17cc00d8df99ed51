package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.UseShared;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code reduce} with built-in functions and with methods of the environment. */
@UseShared(Cluster.class)
class ReduceIT {
    private static final String SOURCE = """
            record Stats(long count, double sum) {}
            long same(long x) { return x; }
            double half(int x) { return x / 2.0; }
            java.math.BigInteger huge(int x) { return java.math.BigInteger.TWO.pow(100).add(java.math.BigInteger.valueOf(x)); }
            String text(int x) { return "<" + x + ">"; }
            Stats stats(int x) { return new Stats(1, x); }
            long failing(long x) { if (x == 3) throw new IllegalStateException("three"); return x; }
            Object strange(int x) { return x == 2 ? "two" : x; }
            long add(long one, long other) { return Math.addExact(one, other); }
            long exits(long one, long other) { System.exit(3); return 0; }
            String join(String one, String other) { return one + other; }
            Stats merge(Stats one, Stats other) { return new Stats(one.count() + other.count(), one.sum() + other.sum()); }
            long one(long x) { return x; }
            int sum(int one, int other) { return one + other; }
            int sum(long one, long other) { return 0; }
            """;

    private final Api api;
    private final String environment;

    ReduceIT(Cluster cluster) {
        this.api = cluster.api();
        this.environment = api.load(SOURCE);
    }

    private JsonNode ended(String method, String args, String options) {
        String id = api.submit(environment, method, args, options)
                .expect(202)
                .json()
                .path("id")
                .asString();
        return api.ended(id);
    }

    private JsonNode reduced(String method, long to, String reduce) {
        JsonNode job = ended(
                method, "{\"range\":{\"from\":0,\"to\":%d}}".formatted(to), "{\"reduce\":\"%s\"}".formatted(reduce));
        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("SUCCEEDED");
        return job.path("reduced");
    }

    @ParameterizedTest
    @CsvSource({
        "same, 10000, sum, 49995000",
        "same, 10000, count, 10000",
        "same, 10000, min, 0",
        "same, 10000, max, 9999",
        "same, 10000, mean, 4999.5",
        "half, 5, sum, 5.0",
        "huge, 3, sum, 3802951800684688204490109616131",
        "text, 3, count, 3",
        "same, 0, sum, 0",
        "same, 0, max, null",
        "strange, 2, sum, 1"
    })
    void builtInReducesTheValues(String method, long to, String reduce, String expected) {
        assertThat(reduced(method, to, reduce).toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"same, 10000, add, 49995000", "same, 1, add, 0", "text, 4, join, \"<0><1><2><3>\""})
    void methodReducesTheValuesInTheirOrder(String method, long to, String reduce, String expected) {
        assertThat(reduced(method, to, reduce).toString()).isEqualTo(expected);
    }

    @Test
    void methodReducesRecords() {
        JsonNode stats = reduced("stats", 5000, "merge");
        assertThat(stats.path("count").asLong()).isEqualTo(5000);
        assertThat(stats.path("sum").asDouble()).isEqualTo(4999.0 * 5000 / 2);
    }

    @Test
    void resultDoesNotDependOnBatchSize() {
        Set<String> answers = new HashSet<>();
        for (int size : new int[] {1, 7, 1000}) {
            JsonNode job = ended(
                    "text",
                    "{\"range\":{\"from\":0,\"to\":300}}",
                    "{\"reduce\":\"join(String,String)\",\"batchSize\":%d}".formatted(size));
            answers.add(job.path("reduced").toString());
        }
        assertThat(answers).hasSize(1);
    }

    @Test
    void reductionJobsAreHidden() {
        reduced("same", 9000, "add");
        JsonNode jobs = api.get("/jobs?limit=1000").expect(200).json().path("items");
        jobs.forEach(job -> assertThat(job.path("method").asString()).isNotEqualTo("add(long,long)"));
    }

    @Test
    void failedJobHasNoReducedValue() {
        JsonNode job = ended("failing", "[1,2,3]", "{\"reduce\":\"sum\"}");
        assertThat(job.path("state").asString()).isEqualTo("FAILED");
        assertThat(job.has("reduced")).isFalse();
    }

    @Test
    void nonNumericValueFailsTheJob() {
        JsonNode job = ended("strange", "[1,2,3]", "{\"reduce\":\"sum\"}");
        assertThat(job.path("state").asString()).isEqualTo("FAILED");
        assertThat(job.path("reason").asString()).contains("index 1");
    }

    @Test
    void exceptionInTheReductionFailsTheJob() {
        JsonNode job = ended("same", "[9223372036854775807,1]", "{\"reduce\":\"add\"}");
        assertThat(job.path("state").asString()).isEqualTo("FAILED");
        assertThat(job.path("reason").asString()).contains("add(long,long)").contains("ArithmeticException");
        assertThat(job.path("tasks").path("succeeded").asLong()).isEqualTo(2);
        assertThat(api.values(job.path("id").asString())).isEqualTo("[9223372036854775807,1]");
    }

    @Test
    void crashingReductionFailsAfterMaxAttempts() {
        JsonNode job = ended("same", "[1,2]", "{\"reduce\":\"exits\",\"maxAttempts\":2}");
        assertThat(job.path("state").asString()).isEqualTo("FAILED");
        assertThat(job.path("reason").asString()).contains("exits(long,long)");
    }

    @ParameterizedTest
    @CsvSource({
        "same, nothing, unknown-function",
        "same, 'sum(int,long)', unknown-function",
        "same, one, invalid-option",
        "same, join, invalid-option",
        "text, sum, invalid-option",
        "text, add, invalid-option",
        "stats, mean, invalid-option"
    })
    void unsuitableReductionIsRejected(String method, String reduce, String slug) {
        long before = api.get("/jobs?limit=1000").json().path("items").size();
        JsonNode problem = api.submit(environment, method, "[1]", "{\"reduce\":\"" + reduce + "\"}")
                .problem(422, slug);
        if (slug.equals("unknown-function")) {
            assertThat(problem.path("candidates")).isNotEmpty();
        } else {
            assertThat(problem.path("field").asString()).isEqualTo("reduce");
        }
        assertThat(api.get("/jobs?limit=1000").json().path("items").size()).isEqualTo(before);
    }

    @Test
    void retryReducesTheLatestOutcomes() {
        long fine = System.currentTimeMillis() + 4000;
        String source = """
                long later(long x, long fine) {
                    if (x % 1000 == 7 && System.currentTimeMillis() < fine) throw new IllegalStateException("too early");
                    return x;
                }
                long add(long one, long other) { return one + other; }
                """;
        String code = api.load(source);
        String args = LongStream.range(0, 5000)
                .mapToObj(x -> "[" + x + "," + fine + "]")
                .collect(Collectors.joining(",", "[", "]"));

        for (String reduce : List.of("sum", "add")) {
            String id = api.submit(code, "later", args, "{\"reduce\":\"" + reduce + "\"}")
                    .expect(202)
                    .json()
                    .path("id")
                    .asString();
            JsonNode first = api.ended(id);
            if (first.path("state").asString().equals("FAILED")) {
                assertThat(first.path("tasks").path("failed").asInt()).isBetween(1, 5);
                Await.until("the time from which tasks succeed", () -> System.currentTimeMillis() > fine);
                api.post("/jobs/" + id + "/retry", "").expect(200);
            }

            JsonNode last = api.ended(id);

            assertThat(last.path("state").asString()).as(last.toString()).isEqualTo("SUCCEEDED");
            assertThat(last.path("reduced").asLong()).isEqualTo(4999L * 5000 / 2);
        }
    }

    @Test
    void retryRepeatsAFailedReduction() {
        String id = api.submit(environment, "same", "[1,2,3]", "{\"reduce\":\"exits\",\"maxAttempts\":1}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        assertThat(api.ended(id).path("state").asString()).isEqualTo("FAILED");

        JsonNode again = api.post("/jobs/" + id + "/retry", "").expect(200).json();

        assertThat(again.path("finishedAt").asString("")).isEmpty();
        JsonNode ended = api.ended(id);
        assertThat(ended.path("state").asString()).isEqualTo("FAILED");
        assertThat(ended.path("reason").asString()).contains("exits");
    }

    @Test
    void pausePostponesTheReduction() {
        String code = api.load("long slow(long x) throws InterruptedException { Thread.sleep(1500); return x; }");
        String id = api.submit(code, "slow", "[20,22]", "{\"reduce\":\"sum\",\"batchSize\":1}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        Await.until(
                "both tasks to run",
                () -> api.job(id).path("tasks").path("running").asInt() == 2);
        api.post("/jobs/" + id + "/pause", "").expect(200);
        Await.until(
                "both results",
                () -> api.job(id).path("tasks").path("succeeded").asInt() == 2);

        api.post("/jobs/" + id + "/resume", "").expect(200);

        assertThat(api.ended(id).path("reduced").asInt()).isEqualTo(42);
    }
}
