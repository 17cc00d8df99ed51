package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Form;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.SmallDisk;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fault 9: the disk is full while jobs are accepted (507 for new jobs; results use a reserve), results are recorded,
 * and the WAL is checkpointed. Checks I1 no lost job, I2 no lost result, I3 one outcome per task, I6 progress, I10
 * bounded resources and I12 honest unknowns.
 */
class Fault09DiskFullIT {
    private static final int DISK_MEGABYTES = 96;
    private static final long MEGABYTE = 1024 * 1024;
    private static final int TASKS = 120;
    private static final String TEXT = """
            String text(int x) throws InterruptedException { Thread.sleep(100); return "y".repeat(20_000) + x; }
            int same(int x) { return x; }
            """;

    private SmallDisk disk;
    private MasterProcess master;

    @BeforeEach
    void start() {
        disk = SmallDisk.ofMegabytes(DISK_MEGABYTES);
        master = MasterProcess.startOn(
                disk,
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.store.min-free=20m",
                "--minimalcluster.store.reserve=16m");
        Await.until("the reserve", () -> disk.seen("data/reserve").toFile().length() == 16 * MEGABYTE);
    }

    @AfterEach
    void end() {
        master.close();
        disk.close();
    }

    @Test
    @Tag("faults")
    void fullDiskRejectsJobsAndRecordsAllResults() throws IOException {
        Api api = master.api();
        String environment = api.load(TEXT);
        String waiting = submit(api, environment, "same", "[1]");
        try (WorkerProcess worker = WorkerProcess.start(master, "on-a-full-disk", "--minimalcluster.worker.slots=2")) {
            String running = submit(api, environment, "text", numbers());
            Await.until("results", () -> succeeded(api, running) > 5);

            disk.fillUpTo(0);

            long recorded = succeeded(api, running);
            assertNewDataIsRejected(api, environment);
            api.get("/jobs/" + waiting + "/values").expect(200);
            Await.until("results on a full disk", () -> succeeded(api, running) > recorded);
            assertThat(api.ended(running).path("state").asString()).isEqualTo("SUCCEEDED");
            assertThat(api.values(running)).isEqualTo(texts());
            assertThat(worker.view().path("state").asString())
                    .as("heartbeats are accepted")
                    .isEqualTo("ACTIVE");
            assertNewDataIsRejected(api, environment);
            assertThat(health()).as("no space for new jobs").isEqualTo(503);
            assertThat(metric("minimalcluster_store_disk_low")).isEqualTo("1.0");

            master.program().kill();
            master.restart();
            assertThat(master.api().values(running))
                    .as("after a kill on a full disk")
                    .isEqualTo(texts());
            assertThat(master.api().values(waiting)).isEqualTo("[1]");

            disk.free();
            Await.until("free space", () -> health() == 200);
            assertThat(master.api().values(submit(master.api(), environment, "same", "[1,2,3]")))
                    .isEqualTo("[1,2,3]");
            Await.until("the reserve", () -> disk.seen("data/reserve").toFile().length() == 16 * MEGABYTE);
            assertThat(metric("minimalcluster_store_disk_low")).isEqualTo("0.0");
        }
    }

    private void assertNewDataIsRejected(Api api, String environment) throws IOException {
        for (Response refused : List.of(
                api.submit(environment, "same", "[1]", "{}"),
                api.post("/jobs?environmentId=" + environment + "&method=same", "application/x-ndjson", "1\n2\n"),
                api.post("/run", "{\"source\":\"int f(int x) { return x; }\",\"function\":\"f\",\"args\":[1]}"),
                api.post("/environments", "text/plain", "int another(int x) { return x; }"),
                new Form()
                        .file("source", "Main.java", "int f(int x) { return x; }")
                        .post(api, "/environments"),
                api.post("/functions", "{\"environmentId\":\"" + environment + "\",\"method\":\"same\"}"),
                api.post("/keys", "{\"name\":\"late\",\"role\":\"client\"}"),
                api.post("/cluster/backup", ""))) {
            assertThat(refused.problem(507, "insufficient-storage")
                            .path("detail")
                            .asString())
                    .contains("MB left");
        }
    }

    @Test
    void uploadThatFillsTheDiskIsRejectedAndRemoved() {
        Api api = master.api();
        String environment = api.load("int length(String text) { return text.length(); }");
        String line = "\"" + "z".repeat(1_000_000) + "\"\n";

        Response refused = api.post(
                "/jobs?environmentId=" + environment + "&method=length", "application/x-ndjson", line.repeat(100));

        refused.problem(507, "insufficient-storage");
        assertThat(disk.usableBytes()).as("space is left for results").isGreaterThan(MEGABYTE);
        assertThat(api.get("/jobs").json().path("items")).isEmpty();
        Await.until(
                "free space after the rejected upload",
                () -> api.submit(environment, "length", "[\"abc\"]", "{}").status() == 202);
    }

    @Test
    @Tag("faults")
    void checkpointOnAFullDiskLosesNothing() {
        Api api = master.api();
        String environment = api.load(TEXT);
        disk.fillUpTo(21 * MEGABYTE);
        String job = submit(api, environment, "same", "{\"range\":{\"from\":0,\"to\":50000}}");
        try (WorkerProcess worker = WorkerProcess.start(master, "fills-the-log", "--minimalcluster.worker.slots=2")) {
            Await.until("results", () -> succeeded(api, job) > 0);
            disk.fillUpTo(0);
            // the database file can't grow, and the WAL only a little: each commit needs space that a checkpoint frees,
            // or the reserve
            assertThat(api.ended(job).path("tasks").path("succeeded").asInt()).isEqualTo(50_000);
            assertThat(worker.program().isAlive()).isTrue();
        }
        String values = api.values(job);
        master.program().kill();
        master.restart();
        assertThat(master.api().values(job)).isEqualTo(values);
        assertThat(values)
                .isEqualTo(IntStream.range(0, 50_000)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    @Tag("faults")
    void masterDoesNotStartOnAFullDisk() {
        Api api = master.api();
        String environment = api.load(TEXT);
        String job = submit(api, environment, "same", "[1]");
        master.program().kill();
        disk.seen("data/reserve").toFile().delete();
        disk.fillUpTo(0);

        assertThat(master.outputOfFailedRestart()).contains("is full").doesNotContain("\tat ");

        disk.free();
        master.restart();
        assertThat(master.api().job(job).path("state").asString()).isEqualTo("QUEUED");
    }

    private static String submit(Api api, String environment, String method, String args) {
        return api.submit(environment, method, args, "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    private static String numbers() {
        return IntStream.range(0, TASKS).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
    }

    private static String texts() {
        String text = "y".repeat(20_000);
        return IntStream.range(0, TASKS)
                .mapToObj(i -> "\"" + text + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static long succeeded(Api api, String job) {
        return api.job(job).path("tasks").path("succeeded").asLong();
    }

    private int health() {
        return open("/actuator/health/cluster").status();
    }

    private String metric(String name) {
        return open("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("none");
    }

    private Response open(String path) {
        return master.api().send("GET", path, java.util.Map.of(), java.net.http.HttpRequest.BodyPublishers.noBody());
    }
}
