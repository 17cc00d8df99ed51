package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.Stream;
import io.minimalcluster.system.harness.UseShared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Tests job retries and open result streams when the master is killed. */
@Timeout(180)
@UseShared(MasterProcess.class)
class Fault01RetryAfterKillIT {
    private final MasterProcess master;

    Fault01RetryAfterKillIT(MasterProcess master) {
        this.master = master;
    }

    private String threeTasks() {
        return master.api().start("long same(long x) { return x; }", "same", "[0,1,2]", "{\"batchSize\":1}");
    }

    @Test
    void retrySurvivesAKillAndRejectsOldLeases() {
        Api api = master.api();
        String job = threeTasks();
        RawWorker worker = RawWorker.register(api, "w");
        String first = worker.takeBatch().path("leaseId").asString();
        String second = worker.takeBatch(first).path("leaseId").asString();
        worker.results(first, 0, 1, "0", true).expect(200);
        api.post("/jobs/" + job + "/cancel", "").expect(200);
        api.post("/jobs/" + job + "/retry", "").expect(200);

        master.program().kill();
        master.restart();

        JsonNode job1 = master.api().job(job);
        assertThat(job1.path("state").asString()).isEqualTo("QUEUED");
        assertThat(job1.path("tasks").path("pending").asLong()).isEqualTo(2);
        worker.results(second, 1, 1, "99", true).problem(409, "lease-lost");
        for (long index = 1; index <= 2; index++) {
            JsonNode batch = worker.takeBatch();
            assertThat(batch.path("first").asLong()).isEqualTo(index);
            worker.results(batch.path("leaseId").asString(), index, 1, "" + index, true)
                    .expect(200);
        }
        assertThat(master.api().values(job)).isEqualTo("[0,1,2]");
        worker.leave();
    }

    @Test
    void readerResumesTheLogAfterAKill() {
        String job = threeTasks();
        RawWorker worker = RawWorker.register(master.api(), "w");
        List<String> read = new ArrayList<>();
        worker.results(worker.takeBatch().path("leaseId").asString(), 0, 1, "0", true)
                .expect(200);
        Stream broken = master.api().stream("/jobs/" + job + "/results?follow=true", Map.of());
        read.addAll(broken.lines(1));

        master.program().kill();
        master.restart();

        for (long index = 1; index <= 2; index++) {
            String lease = worker.takeBatch().path("leaseId").asString();
            worker.results(lease, index, 1, "" + index, true).expect(200);
        }
        try (Stream again =
                master.api().stream("/jobs/" + job + "/results?follow=true&after=" + read.size(), Map.of())) {
            read.addAll(again.rest());
        }
        assertThat(read)
                .containsExactly("{\"index\":0,\"value\":0}", "{\"index\":1,\"value\":1}", "{\"index\":2,\"value\":2}");
        worker.leave();
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
