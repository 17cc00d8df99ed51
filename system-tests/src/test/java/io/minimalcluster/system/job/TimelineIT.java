package io.minimalcluster.system.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.UseShared;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@UseShared(Cluster.class)
class TimelineIT {
    private final Api api;

    TimelineIT(Cluster cluster) {
        this.api = cluster.master().api();
    }

    private JsonNode timeline(String job) {
        return api.get("/jobs/" + job + "/timeline").expect(200).json();
    }

    private static long sum(JsonNode items, String member) {
        return StreamSupport.stream(items.spliterator(), false)
                .mapToLong(item -> item.path(member).asLong())
                .sum();
    }

    @Test
    void endedJobHasBlocksOfAllTasks() {
        String job = api.start("int f(int i) { return 100 / (i % 20); }", "f", "{\"range\":{\"from\":0,\"to\":40}}");
        Instant created = Instant.parse(api.ended(job).path("createdAt").asString());

        JsonNode timeline = timeline(job);

        assertThat(sum(timeline.path("blocks"), "count")).isEqualTo(40);
        assertThat(sum(timeline.path("blocks"), "failed")).isEqualTo(2);
        assertThat(timeline.path("blocks")).allSatisfy(block -> {
            Instant start = Instant.parse(block.path("startedAt").asString());
            Instant end = Instant.parse(block.path("finishedAt").asString());
            assertThat(start).isAfter(created.minusSeconds(1)).isBeforeOrEqualTo(end);
            assertThat(timeline.path("workers"))
                    .filteredOn(worker -> worker.path("id").equals(block.path("worker")))
                    .singleElement()
                    .satisfies(
                            worker -> assertThat(worker.path("slots").asInt()).isBetween(1, 2));
        });
        assertThat(sum(timeline.path("durations"), "tasks"))
                .isEqualTo(timeline.path("sampledTasks").asLong())
                .isEqualTo(40);
        assertThat(timeline.path("running")).isEmpty();
    }

    @Test
    void runningBatchesAreListed() {
        String job =
                api.start("int f(int i) throws InterruptedException { Thread.sleep(60_000); return i; }", "f", "[1,2]");
        Await.until("a batch", () -> !timeline(job).path("running").isEmpty());

        JsonNode batch = timeline(job).path("running").get(0);

        assertThat(batch.path("remaining").asInt()).isBetween(1, 2);
        assertThat(batch.path("worker").asString()).startsWith("worker-");
        api.post("/jobs/" + job + "/cancel", "").expect(200);
    }

    @Test
    void unknownJobHasNone() {
        api.get("/jobs/job-none/timeline").problem(404, "not-found");
    }
}
