package io.minimalcluster.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@UseShared(Cluster.class)
class LoadIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final Api api;

    LoadIT(Cluster cluster) {
        this.api = cluster.api();
    }

    @Test
    void millionTasksReturnValuesInOrder() {
        String job = api.start(SQUARE, "square", "{\"range\":{\"from\":0,\"to\":1000000}}");

        JsonNode values = read(job);

        assertThat(values).hasSize(1_000_000);
        for (long i = 0; i < 1_000_000; i++) {
            if (values.get((int) i).asLong(-1) != i * i) {
                assertThat(values.get((int) i).asLong(-1)).as("value of " + i).isEqualTo(i * i);
            }
        }
    }

    private JsonNode read(String job) {
        api.ended(job);
        return api.get("/jobs/" + job + "/values").expect(200).json();
    }

    @Test
    void twentyMegabytesOfArgumentsAreProcessed() {
        int count = 20_000;
        StringBuilder args = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            args.append(i == 0 ? "\"" : ",\"")
                    .append(i)
                    .append('-')
                    .append("x".repeat(1000))
                    .append('"');
        }
        String job = api.start("String head(String x) { return x.substring(0, x.indexOf('-')); }", "head", args + "]");

        JsonNode values = read(job);

        assertThat(values).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(values.get(i).asString()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void twoHundredConcurrentSmallJobsSucceed() {
        String environment = api.load(SQUARE);
        List<CompletableFuture<Void>> jobs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (int i = 0; i < 200; i++) {
                long number = i;
                jobs.add(CompletableFuture.runAsync(() -> runOne(environment, number), threads));
            }
        }

        jobs.forEach(CompletableFuture::join);
    }

    private void runOne(String environment, long number) {
        String args = "[%d,%d,%d]".formatted(number, number + 1, number + 2);
        String job = api.submit(environment, "square", args, "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        assertThat(api.values(job))
                .isEqualTo("[%d,%d,%d]"
                        .formatted(number * number, (number + 1) * (number + 1), (number + 2) * (number + 2)));
    }
}
