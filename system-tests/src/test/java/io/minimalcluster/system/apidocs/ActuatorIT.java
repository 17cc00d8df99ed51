package io.minimalcluster.system.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Cluster;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the actuator endpoints: health, info and metrics. */
@UseShared({Cluster.class, QuietMaster.class})
class ActuatorIT {
    private final QuietMaster quiet;
    private final Api cluster;

    ActuatorIT(QuietMaster quiet, Cluster cluster) {
        this.quiet = quiet;
        this.cluster = cluster.api();
    }

    private static Response get(Api api, String path) {
        return api.send("GET", "/actuator" + path, Map.of(), BodyPublishers.noBody());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness", "/health/cluster"})
    void healthIsPublicWithoutDetails(String path) {
        Await.until("workers", () -> get(cluster, "/health/cluster").status() == 200);

        Response response = get(cluster.withoutKey(), path).expect(200);

        assertThat(response.json().path("status").asString()).isEqualTo("UP");
        assertThat(response.json().has("components")).isFalse();
        assertThat(response.json().has("details")).isFalse();
    }

    @Test
    void masterWithoutWorkersIsReadyButItsClusterIsDown() {
        Api api = quiet.admin().withoutKey();

        // the address is written shortly before readiness
        Await.until("ready", () -> get(api, "/health/readiness").status() == 200);
        get(api, "/health").expect(200);
        get(api, "/health/cluster").expect(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/store", "/health/workers", "/health/db", "/health/cluster/store"})
    void healthComponentsNeedAKey(String path) {
        get(cluster.withoutKey(), path).problem(401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prometheus", "/info", "/metrics"})
    void metricsAndInfoNeedAnObserverOrAdmin(String path) {
        get(quiet.admin().withoutKey(), path).problem(401, "unauthenticated");
        get(quiet.alice(), path).problem(403, "forbidden");
        get(quiet.worker(), path).problem(403, "forbidden");
        get(quiet.observer(), path).expect(200);
        get(quiet.admin(), path).expect(200);
    }

    @Test
    void infoShowsVersionAndCommit() {
        Response info = get(quiet.observer(), "/info").expect(200);
        boolean isClone = Files.exists(Installation.HOME.resolve(".git"));

        assertThat(info.json().path("git").path("commit").path("id").asString(""))
                .matches(isClone ? "[0-9a-f]{7,}" : "");
        assertThat(info.json().path("build").path("version").asString()).isNotBlank();
        assertThat(info.json().path("java").path("version").asString()).startsWith("25");
    }

    @Test
    void metricsHaveTheDocumentedNames() {
        cluster.run("int f(int x) { return x; }", "f", "[1,2,3]");

        String metrics = get(cluster, "/prometheus").expect(200).text();

        assertThat(List.of(
                        "minimalcluster_tasks_recorded_total",
                        "minimalcluster_tasks{state=\"pending\"}",
                        "minimalcluster_tasks{state=\"running\"}",
                        "minimalcluster_jobs{state=\"queued\"}",
                        "minimalcluster_jobs{state=\"running\"}",
                        "minimalcluster_jobs{state=\"paused\"}",
                        "minimalcluster_jobs_ended_total",
                        "minimalcluster_batches_total",
                        "minimalcluster_batches_open",
                        "minimalcluster_polls_total{outcome=\"batches\"}",
                        "minimalcluster_polls_total{outcome=\"empty\"}",
                        "minimalcluster_polls_total{outcome=\"rejected\"}",
                        "minimalcluster_polls_open",
                        "minimalcluster_slots",
                        "minimalcluster_executors",
                        "minimalcluster_workers{state=\"active\"}",
                        "minimalcluster_allocated_bytes_total",
                        "minimalcluster_store_writes_total",
                        "minimalcluster_store_commits_seconds_count",
                        "minimalcluster_store_commits_seconds_sum",
                        "minimalcluster_store_queue"))
                .allSatisfy(name -> assertThat(metrics).contains("\n" + name));
        assertThat(value(metrics, "minimalcluster_tasks_recorded_total")).isGreaterThanOrEqualTo(3);
        assertThat(value(metrics, "minimalcluster_batches_total")).isPositive();
        assertThat(value(metrics, "minimalcluster_store_writes_total")).isPositive();
    }

    @Test
    void eachEndedJobIsCountedOnce() {
        double before = metric("minimalcluster_jobs_ended_total");

        cluster.run("int f(int x) { return x; }", "f", "[1,2,3]");
        String cancelled =
                cluster.start("int f(int x) { return x; }", "f", "[1,2,3]", "{\"requires\":{\"no\":\"one\"}}");
        cluster.post("/jobs/" + cancelled + "/cancel", "").expect(200);
        cluster.post("/jobs/" + cancelled + "/cancel", "").expect(200);
        cluster.ended(cluster.start("int f(int x) { return x; }", "f", "[1,2,3]", "{\"reduce\":\"sum\"}"));
        cluster.ended(cluster.start(
                "int f(int x) { return x; }", "f", "[1,2,3]", "{\"requires\":{\"no\":\"one\"},\"deadlineSeconds\":1}"));

        Await.until("each of the four", () -> metric("minimalcluster_jobs_ended_total") >= before + 4);
        assertThat(metric("minimalcluster_jobs_ended_total")).isEqualTo(before + 4);
    }

    @Test
    void slotsAndExecutorsAreCounted() {
        cluster.run("int f(int x) { return x; }", "f", "[1,2,3]");

        assertThat(metric("minimalcluster_slots")).isEqualTo(3);
        assertThat(metric("minimalcluster_executors")).isBetween(1.0, 4.0); // two slots, and at most two executors more
    }

    private double metric(String name) {
        return value(get(cluster, "/prometheus").expect(200).text(), name);
    }

    @Test
    void metricsHaveNoLabelsOfUnboundedCardinality() {
        String job = cluster.start("int f(int x) { return x; }", "f", "[1,2,3]");
        cluster.ended(job);

        assertThat(get(cluster, "/prometheus").expect(200).text()).doesNotContain(job, "env-", "worker-", "authkey");
    }

    private static double value(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
