package io.minimalcluster.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import io.minimalcluster.system.harness.WorkerProcess;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the cluster endpoints, including local worker, shutdown and audit. */
@UseShared({MasterProcess.class, QuietMaster.class})
@Order(2)
class ClusterIT {
    private static final String SLOW = "long slow(long x) throws InterruptedException { Thread.sleep(50); return x; }";

    private static List<JsonNode> local(Api api) {
        return api.get("/workers?state=active")
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .filter(worker -> worker.path("local").asBoolean())
                .toList();
    }

    @Test
    void clusterViewIsVisibleToReadingRoles(QuietMaster master) {
        String job = master.alice().start(SLOW, "slow", "[1,2,3]");
        master.newWorker("one");
        JsonNode cluster = master.observer().get("/cluster").expect(200).json();

        assertThat(cluster.path("version").asString()).isNotBlank();
        assertThat(cluster.path("masters").asInt()).isEqualTo(1);
        assertThat(cluster.path("workers").asInt()).isPositive();
        assertThat(cluster.path("slots").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(cluster.path("jobs").path("queued").asLong()).isPositive();
        assertThat(cluster.path("tasks").path("pending").asLong()).isGreaterThanOrEqualTo(3);
        assertThat(cluster.path("desiredWorkers").asInt()).isPositive();
        assertThat(cluster.has("throughput")).isTrue();
        JsonNode tasks = cluster.path("tasks");
        assertThat(tasks.path("pending").asLong()
                        + tasks.path("running").asLong()
                        + tasks.path("succeeded").asLong()
                        + tasks.path("failed").asLong()
                        + tasks.path("cancelled").asLong())
                .isEqualTo(tasks.path("total").asLong());
        master.worker().get("/cluster").problem(403, "forbidden");
        assertThat(master.alice().job(job).path("state").asString()).isEqualTo("QUEUED");
    }

    private static Response figures(Api api, String wait, String known) {
        return api.send("GET", "/api/v1/cluster?wait=" + wait, Map.of("If-None-Match", known), BodyPublishers.noBody());
    }

    @Test
    void callWaitsForFiguresThatItsCallerDoesNotHave(QuietMaster master) {
        Api api = master.alice();
        String known = Await.found("figures that stay", Await.LONG, () -> {
            String etag = api.get("/cluster").expect(200).header("ETag");
            return figures(api, "1s", etag).status() == 304 ? Optional.of(etag) : Optional.empty();
        });
        CompletableFuture<Response> others = CompletableFuture.supplyAsync(() -> figures(api, "50s", known));

        api.start(SLOW, "slow", "[1]");

        assertThat(others.join().expect(200).header("ETag")).isNotEqualTo(known);
        assertThat(figures(api, "0s", known).expect(200).json().has("jobs")).isTrue();
    }

    @Test
    void localWorkerIsStartedAndStoppedIdempotently(MasterProcess master) {
        Api api = master.api();
        api.post("/cluster/local-worker", "").expect(200);
        Await.until("the local worker", () -> local(api).size() == 1);
        String job = api.start(SLOW, "slow", "{\"range\":{\"from\":0,\"to\":60}}");
        Await.until(
                "a result", () -> api.job(job).path("tasks").path("succeeded").asLong() > 0);

        api.delete("/cluster/local-worker").expect(204);
        api.delete("/cluster/local-worker").expect(204);

        assertThat(local(api)).isEmpty();
        JsonNode left = api.job(job);
        assertThat(left.path("state").asString()).isEqualTo("RUNNING");
        assertThat(left.path("tasks").path("running").asLong()).isZero();

        assertThat(api.post("/cluster/local-worker", "")
                        .expect(200)
                        .json()
                        .path("joined")
                        .asBoolean())
                .isTrue();
        api.post("/cluster/local-worker", "").expect(200);

        JsonNode ended = api.ended(job);
        assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(local(api)).hasSize(1);
        api.delete("/cluster/local-worker").expect(204);
    }

    @Test
    void localWorkerIsStartedOnDemand(MasterProcess master) {
        Api api = master.api();
        String job = api.start("int one(int x) { return 1; }", "one", "[1]");
        api.post("/cluster/local-worker", "").expect(200);
        assertThat(api.values(job)).isEqualTo("[1]");
        api.delete("/cluster/local-worker").expect(204);
    }

    @Test
    void clusterAdministrationNeedsAnAdmin(QuietMaster master) {
        for (Api other : List.of(master.alice(), master.worker(), master.observer())) {
            other.post("/cluster/local-worker", "").problem(403, "forbidden");
            other.delete("/cluster/local-worker").problem(403, "forbidden");
            other.post("/cluster/shutdown", "").problem(403, "forbidden");
            other.get("/audit").problem(403, "forbidden");
        }
        master.admin().post("/cluster/shutdown?workers=perhaps", "").problem(400, "malformed-request");
        master.admin().post("/cluster/shutdown?workrs=true", "").problem(400, "malformed-request");
    }

    @Test
    void auditListsChangesAndRefusals(QuietMaster master) {
        Api alice = master.alice();
        String environment = alice.load("long audited(long x) { return x; }");
        String job = alice.submit(environment, "audited", "[1]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        alice.post("/jobs/" + job + "/cancel", "").expect(200);
        alice.delete("/jobs/" + job).expect(204);
        alice.get("/audit").problem(403, "forbidden");
        alice.withHeaders(java.util.Map.of("Authorization", "Bearer not-a-key-at-all"))
                .get("/jobs?secret=token")
                .problem(401, "unauthenticated");

        Await.until(
                "the entries",
                () -> actions(master, "?who=alice&limit=1000", job).containsAll(List.of("run", "cancel", "delete")));
        JsonNode refused = master.admin()
                .get("/audit?action=refused&limit=1000")
                .expect(200)
                .json()
                .path("items");
        assertThat(refused.valueStream().map(entry -> entry.path("status").asInt()))
                .contains(401, 403);
        String all = master.admin().get("/audit?limit=1000").text();
        assertThat(all)
                .doesNotContain("not-a-key-at-all")
                .doesNotContain("secret")
                .doesNotContain("long audited");
        JsonNode page = master.admin().get("/audit?limit=1").expect(200).json();
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("next").asString()).isNotBlank();
        JsonNode entry = page.path("items").get(0);
        for (String field : List.of("at", "action", "status", "from", "times")) {
            assertThat(entry.has(field)).as(field).isTrue();
        }
        master.admin().get("/audit?after=nonsense").problem(400, "malformed-request");
    }

    private static List<String> actions(QuietMaster master, String query, String target) {
        return master.admin()
                .get("/audit" + query)
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .filter(entry -> entry.path("target").asString("").equals(target))
                .map(entry -> entry.path("action").asString())
                .toList();
    }

    @Test
    void shutdownRejectsJobsRecordsResultsAndKeepsWorkersUnlessTold() {
        try (MasterProcess master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false", "--minimalcluster.shutdown.drain=60s")) {
            Api api = master.api();
            String environment = api.load("int one(int x) { return x; }");
            String job = start(api, environment);
            RawWorker worker = RawWorker.register(api, "last");
            String lease = worker.takeBatch().path("leaseId").asString();
            try (WorkerProcess stays = WorkerProcess.start(master, "stays", "--minimalcluster.worker.slots=1")) {
                String slow = api.start(SLOW, "slow", "{\"range\":{\"from\":0,\"to\":60}}");
                Await.until(
                        "a result",
                        () -> api.job(slow).path("tasks").path("succeeded").asLong() > 0);

                api.post("/cluster/shutdown", "").expect(202);
                api.post("/cluster/shutdown", "").expect(202);

                assertJobsAreRejected(api, environment);
                assertThat(api.job(job).path("state").asString()).isEqualTo("RUNNING");
                worker.results(lease, 0, 1, "1", true).expect(200);
                assertThat(master.program().exitCode(Await.LONG)).isZero();
                assertThat(stays.program().isAlive()).isTrue();

                master.restart();
                assertThat(master.api().values(job)).isEqualTo("[1]");
                assertThat(master.api().ended(slow).path("state").asString()).isEqualTo("SUCCEEDED");

                master.api().post("/cluster/shutdown?workers=true", "").expect(202);

                assertThat(master.program().exitCode(Await.LONG)).isZero();
                assertThat(stays.program().exitCode(Await.LONG)).isZero();
            }
        }
    }

    private static void assertJobsAreRejected(Api api, String environment) {
        Response refused = Await.found(
                "a rejected job",
                Await.LONG,
                () -> Optional.of(api.submit(environment, "one", "[1]", "{}"))
                        .filter(response -> response.status() != 202));
        refused.problem(503, "unavailable");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        api.submit(environment, "one", "[1]", "{}").problem(503, "unavailable");
    }

    private static String start(Api api, String environment) {
        return api.submit(environment, "one", "[1]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
    }
}
