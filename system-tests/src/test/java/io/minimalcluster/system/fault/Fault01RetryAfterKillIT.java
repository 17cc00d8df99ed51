package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Cluster;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.Stream;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Tests job retries and open streams of results when the master is killed, or stopped. */
@Timeout(180)
@UseShared(MasterProcess.class)
class Fault01RetryAfterKillIT {
    private final MasterProcess master;

    Fault01RetryAfterKillIT(MasterProcess master) {
        this.master = master;
    }

    private String threeTasks(int priority) {
        return master.api()
                .start(
                        "long same(long x) { return x; }",
                        "same",
                        "[0,1,2]",
                        "{\"batchSize\":1,\"priority\":" + priority + "}");
    }

    /** Takes the tasks 1 and 2 of a job and posts their values. */
    private static void succeedTheLastTwo(RawWorker worker) {
        for (long index = 1; index <= 2; index++) {
            JsonNode batch = worker.takeBatch();
            assertThat(batch.path("first").asLong()).isEqualTo(index);
            worker.results(batch.path("leaseId").asString(), index, 1, "" + index, true)
                    .expect(200);
        }
    }

    @Test
    void retryAndReaderContinueAfterAKillAndOldLeasesAreRejected() {
        Api api = master.api();
        String retried = threeTasks(0);
        RawWorker worker = RawWorker.register(api, "w");
        String first = worker.takeBatch().path("leaseId").asString();
        String second = worker.takeBatch(first).path("leaseId").asString();
        worker.results(first, 0, 1, "0", true).expect(200);
        api.post("/jobs/" + retried + "/cancel", "").expect(200);
        api.post("/jobs/" + retried + "/retry", "").expect(200);
        String followed = threeTasks(1);
        List<String> read = new ArrayList<>();
        worker.results(worker.takeBatch().path("leaseId").asString(), 0, 1, "0", true)
                .expect(200);
        Stream broken = api.stream("/jobs/" + followed + "/results?follow=true", Map.of());
        read.addAll(broken.lines(1));

        master.program().kill();
        master.restart();

        JsonNode queued = master.api().job(retried);
        assertThat(queued.path("state").asString()).isEqualTo("QUEUED");
        assertThat(queued.path("tasks").path("pending").asLong()).isEqualTo(2);
        worker.results(second, 1, 1, "99", true).problem(409, "lease-lost");
        succeedTheLastTwo(worker);
        try (Stream again =
                master.api().stream("/jobs/" + followed + "/results?follow=true&after=" + read.size(), Map.of())) {
            read.addAll(again.rest());
        }
        assertThat(read)
                .containsExactly("{\"index\":0,\"value\":0}", "{\"index\":1,\"value\":1}", "{\"index\":2,\"value\":2}");
        succeedTheLastTwo(worker);
        assertThat(master.api().values(retried)).isEqualTo("[0,1,2]");
        worker.leave();
    }

    @Test
    void streamOfAClientContinuesAfterAKill() {
        String slow = "long slow(long x) throws InterruptedException { Thread.sleep(20); return x; }";
        master.api().post("/cluster/local-worker", "").expect(200);
        try (Cluster cluster = Cluster.connect(master.url(), new Authkey(master.read("authkey")));
                java.util.stream.Stream<Long> values =
                        cluster.load(slow).function("slow", Long.class, Long.class).stream(
                                LongStream.range(0, 300).boxed())) {
            Iterator<Long> read = values.iterator();
            assertThat(read.next()).isZero();

            master.program().kill();
            master.restart();
            master.api().post("/cluster/local-worker", "").expect(200);

            for (long x = 1; x < 300; x++) {
                assertThat(read.next()).isEqualTo(x);
            }
            assertThat(read.hasNext()).isFalse();
        }
        master.api().delete("/cluster/local-worker").expect(204);
    }

    @Test
    void gracefulShutdownEndsStreams() throws Exception {
        String job = master.api().start("long same(long x) { return x; }", "same", "[0]");
        List<CompletableFuture<Response>> streams = new ArrayList<>();
        for (String call : List.of("/results?follow=true", "/events")) {
            streams.add(CompletableFuture.supplyAsync(() -> master.api().get("/jobs/" + job + call)));
        }
        try (Stream open = master.api().stream("/jobs/" + job + "/results?follow=true", Map.of())) {
            master.program().terminate();
            assertThat(open.rest()).isEmpty();
        }
        for (CompletableFuture<Response> stream : streams) {
            assertThat(stream.handle((_, _) -> true).get(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
