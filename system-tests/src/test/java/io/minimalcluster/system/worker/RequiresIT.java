package io.minimalcluster.system.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests {@code requires} and {@code network}: jobs that only some workers may run. */
@UseShared({MasterProcess.class, QuietMaster.class})
class RequiresIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    private final QuietMaster master;
    private final Api api;

    RequiresIT(QuietMaster master) {
        this.master = master;
        this.api = master.alice();
    }

    private String start(String options) {
        return api.start(SQUARE, "square", "[1]", options);
    }

    @Test
    void jobRunsOnWorkersWithItsLabelsAndBlocksNoOtherJob() {
        String picky = start("{\"requires\":{\"gpu\":\"yes\"},\"priority\":9}");
        String plain = start("{}");
        RawWorker without = master.newWorker("without", "{\"gpu\":\"no\"}", false);

        assertThat(without.takeBatch().path("jobId").asString()).isEqualTo(plain);
        assertThat(api.job(picky).path("state").asString()).isEqualTo("QUEUED");
        assertThat(api.job(picky).path("reason").asString()).contains("has the labels gpu=yes");

        RawWorker with = master.newWorker("with", "{\"gpu\":\"yes\",\"zone\":\"a\"}", false);
        assertThat(with.takeBatch().path("jobId").asString()).isEqualTo(picky);
    }

    @Test
    void waitingWorkerWithTheLabelsGetsTheJob() {
        RawWorker without = master.newWorker("without");
        RawWorker with = master.newWorker("with", "{\"zone\":\"b\"}", false);
        var idle = without.pollLater("idle", 1, "30s");
        var waiting = with.pollLater("waiting", 1, "30s");

        String job = start("{\"requires\":{\"zone\":\"b\"}}");

        JsonNode batch = waiting.join().expect(200).json().path("batches").get(0);
        assertThat(batch.path("jobId").asString()).isEqualTo(job);
        without.poll(1, "0s").expect(204); // ends the previous poll
        assertThat(idle.join().status()).isEqualTo(204);
    }

    @Test
    void networkJobRunsOnAWorkerWithNetwork() {
        String job = start("{\"network\":true}");
        assertThat(master.newWorker("closed").poll(1, "0s").status()).isEqualTo(204);

        JsonNode batch = master.newWorker("open", "{}", true).takeBatch();

        assertThat(batch.path("jobId").asString()).isEqualTo(job);
        assertThat(batch.path("network").asBoolean()).isTrue();
    }

    @Test
    void tooLongRequirementIsRejected() {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            labels.append(i == 0 ? "" : ",")
                    .append("\"label")
                    .append(i)
                    .append("\":\"")
                    .append("x".repeat(150))
                    .append('"');
        }
        JsonNode problem = api.submit(api.load(SQUARE), "square", "[1]", "{\"requires\":{" + labels + "}}")
                .problem(422, "invalid-option");
        assertThat(problem.path("field").asString()).isEqualTo("requires");
    }

    @Test
    void differentRequirementsOfOneOwnerAreLimited() {
        String environment = api.load(SQUARE);
        for (int i = 0; i < 100; i++) {
            api.submit(environment, "square", "[1]", "{\"requires\":{\"n\":\"" + i + "\"}}")
                    .expect(202);
        }
        api.submit(environment, "square", "[1]", "{\"requires\":{\"n\":\"another\"}}")
                .problem(429, "too-many-requests");
        api.submit(environment, "square", "[1]", "{}").expect(202);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_000})
    void slotsOutOfBoundsAreRejected(int slots) {
        JsonNode problem = master.worker()
                .post("/workers", RawWorker.registration("w", slots, 1, "25.0.1"))
                .problem(422, "invalid-option");
        assertThat(problem.path("field").asString()).isEqualTo("slots");
        assertThat(problem.path("allowed").asString()).isEqualTo("1 to 1024");
    }

    @Test
    void resumeEndsAnOpenPoll() {
        RawWorker worker = master.newWorker("resumed");
        master.admin().post("/workers/" + worker.id() + "/drain", "").expect(204);
        assertThat(worker.poll(1, "0s").expect(200).json().path("drain").asBoolean())
                .isTrue();
        var openPoll = worker.pollLater("parked", 0, "50s");
        Await.until("an open poll", () -> !openPoll.isDone());

        master.admin().post("/workers/" + worker.id() + "/resume", "").expect(204);
        while (!openPoll.isDone()) { // the resume may have arrived before the poll
            master.admin().post("/workers/" + worker.id() + "/resume", "").expect(204);
            Thread.onSpinWait();
        }
        assertThat(openPoll.join().status()).isEqualTo(204);
    }

    @Test
    void workerListShowsLabelsAndNetwork() {
        RawWorker worker = master.newWorker("shown", "{\"zone\":\"c\"}", false);
        JsonNode shown = api.get("/workers?state=active&limit=1000")
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .filter(each -> each.path("id").asString().equals(worker.id()))
                .findFirst()
                .orElseThrow();
        for (String field : new String[] {
            "name", "host", "pid", "slots", "busy", "state", "isolation", "local", "lastSeenAt", "tasksDone", "rate"
        }) {
            assertThat(shown.has(field)).as(field).isTrue();
        }
        assertThat(shown.path("labels").path("zone").asString()).isEqualTo("c");
        api.get("/workers?state=nowhere").problem(400, "malformed-request");
    }

    /**
     * Uses a real sandbox. With the network, a task sees the interfaces of the machine, otherwise only its own
     * loopback.
     */
    @Test
    void onlyTasksOfANetworkJobHaveNetworkAccess(MasterProcess real) {
        String source = """
                boolean connects(int port) throws Exception {
                    try (var socket = new java.net.Socket("127.0.0.1", port)) { return true; }
                    catch (java.io.IOException e) { return false; }
                }
                """;
        try (WorkerProcess worker = WorkerProcess.start(
                real, "networked", "--minimalcluster.executor.network=true", "--minimalcluster.worker.slots=1")) {
            String port = "[" + real.url().getPort() + "]";
            Api calls = real.api();
            boolean sandboxed = worker.view().path("isolation").asString().equals("bubblewrap");
            assertThat(calls.values(calls.start(source, "connects", port, "{\"network\":true}")))
                    .isEqualTo("[true]");
            assertThat(calls.values(calls.start(source, "connects", port, "{}")))
                    .isEqualTo(sandboxed ? "[false]" : "[true]");
            assertThat(calls.values(calls.start(source, "connects", port, "{\"network\":true}")))
                    .isEqualTo("[true]");
        }
    }

    @Test
    void higherPriorityGoesFirst() {
        String label = "{\"requires\":{\"zone\":\"urgent\"},\"priority\":%d}";
        String low = start(label.formatted(1));
        String high = start(label.formatted(9));
        String usual = start(label.formatted(5));
        RawWorker worker = master.newWorker("w", "{\"zone\":\"urgent\"}", false);

        List<String> leases = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            JsonNode batch = worker.takeBatch(leases.toArray(String[]::new));
            leases.add(batch.path("leaseId").asString());
            jobs.add(batch.path("jobId").asString());
        }

        assertThat(jobs).containsExactly(high, usual, low);
    }

    @Test
    void silentWorkerIsShownAndLosesItsLeases() {
        RawWorker silent = master.newWorker("silent", "{\"zone\":\"far\"}", false);
        String job = start("{\"requires\":{\"zone\":\"far\"}}");
        silent.takeBatch();
        String waiting = start("{}");

        Await.until("the worker timeout", () -> isListed("silent", silent));
        JsonNode explained =
                api.get("/jobs/" + waiting + "/explain").expect(200).json();
        assertThat(explained.path("cause").asString()).isEqualTo("no-worker");
        assertThat(explained.path("reason").asString()).contains("timed out");
        assertThat(explained.path("workers").path("silent").asInt()).isPositive();

        RawWorker other = master.newWorker("other", "{\"zone\":\"far\"}", false);
        String first = other.takeBatch().path("leaseId").asString();
        other.takeBatch(first);
        assertThat(isListed("lost", silent)).isTrue();
        assertThat(api.job(job).path("tasks").path("running").asInt()).isEqualTo(1);

        other.leave().expect(204);
        assertThat(isListed("gone", other)).isTrue();
        assertThat(isListed("active", other)).isFalse();
    }

    private boolean isListed(String state, RawWorker worker) {
        return api.get("/workers?limit=1000&state=" + state)
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .anyMatch(each -> each.path("id").asString().equals(worker.id()));
    }
}
