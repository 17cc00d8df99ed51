package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.UseShared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code shared}: a value that is passed to all tasks of a job. */
@UseShared(Cluster.class)
class SharedIT {
    private static final String SOURCE = """
            long at(int x, long[] table) { return table[x]; }
            String both(int x, String y, java.util.Map<String, java.math.BigDecimal> rates) { return y + x + rates.get("a"); }
            long alone(long x) { return x; }
            """;

    private final Api api;
    private final String environment;

    SharedIT(Cluster cluster) {
        this.api = cluster.api();
        this.environment = api.load(SOURCE);
    }

    private String values(String method, String args, String shared) {
        String id = api.submit(environment, method, args, "{\"shared\":" + shared + ",\"batchSize\":1}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        return api.values(id);
    }

    @Test
    void sharedValueIsTheLastParameterOfEveryTask() {
        assertThat(values("at", "[2,0,1,2]", "[10,20,30]")).isEqualTo("[30,10,20,30]");
        assertThat(values("at", "{\"range\":{\"from\":0,\"to\":3}}", "[7,8,9]")).isEqualTo("[7,8,9]");
        assertThat(values("both", "[[1,\"x\"],{\"y\":\"z\",\"x\":2}]", "{\"a\":1.10}"))
                .isEqualTo("[\"x11.10\",\"z21.10\"]");
    }

    @Test
    void jobsOfOneEnvironmentHaveSeparateSharedValues() {
        assertThat(values("at", "[0,0,0]", "[1]")).isEqualTo("[1,1,1]");
        assertThat(values("at", "[0,0,0]", "[2]")).isEqualTo("[2,2,2]");
    }

    @Test
    void sharedValueMayFollowTheArgumentsAndIsNotReturned() {
        JsonNode job = api.post("/jobs", """
                        {"environmentId":"%s","method":"at","args":[0],"options":{"shared":[5]}}""".formatted(environment)).expect(202).json();
        assertThat(job.path("options").has("shared")).isFalse();
        assertThat(api.values(job.path("id").asString())).isEqualTo("[5]");
    }

    @Test
    void sharedValueMayBeLarge() {
        String table = "[" + "123456789,".repeat(200_000) + "42]";
        assertThat(values("at", "[200000,0]", table)).isEqualTo("[42,123456789]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at|[0]|\"no\"|invalid-option",
                "at|[0]|{}|invalid-option",
                "alone|[1]|[1]|invalid-option",
                "at|[[0,[1]]]|[1]|invalid-arguments",
                "at|[\"x\"]|[1]|invalid-arguments",
                "both|[[1]]|{}|invalid-arguments"
            })
    void sharedValueOfWrongTypeIsRejected(String method, String args, String shared, String slug) {
        JsonNode problem = api.submit(environment, method, args, "{\"shared\":" + shared + "}")
                .problem(422, slug);
        assertThat(problem.path(slug.equals("invalid-option") ? "field" : "expected")
                        .asString())
                .isNotBlank();
    }

    @Test
    void sharedValueNeedsALeaseOfTheJob() {
        api.get("/workers/worker-1/leases/lease-1/shared").problem(409, "lease-lost");
        api.withoutKey().get("/workers/worker-1/leases/lease-1/shared").problem(401, "unauthenticated");
    }
}
