package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Answer;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** A master without a worker of its own, and one worker; the last test ends both as a user does. */
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MasterKilledIT {
    private static final String SLOW = """
            long slow(long x) throws InterruptedException { Thread.sleep(10); return x * x; }
            """;

    private MasterProcess master;
    private WorkerProcess worker;

    @BeforeAll
    void start() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.lease.duration=6s",
                "--minimalcluster.lease.heartbeat=1s");
        worker = WorkerProcess.start(master, "survivor", "--minimalcluster.worker.slots=2");
    }

    @AfterAll
    void end() {
        worker.close();
        master.close();
    }

    @Test
    @org.junit.jupiter.api.Order(1)
    void aSecondMasterOnTheSameStoreRefusesAndHarmsNothing() {
        List<String> settings = new ArrayList<>(master.store());
        settings.add("--server.port=0");
        settings.add("--minimalcluster.local-worker.enabled=false");
        try (Folder folder = Folder.create("second")) {
            Program second = Program.start("second", Installation.master(settings), folder.path("."));

            assertThat(second.exitCode(Await.LONG)).as(second.tail()).isNotZero();
            assertThat(second.output()).contains("another master runs on").doesNotContain("\tat ");
        }
        master.api().get("/jobs").expect(200);
    }

    @Test
    @org.junit.jupiter.api.Order(2)
    void aJobGoesOnAfterAKillAndARestartAndEachValueIsRightExactlyOnce() {
        Api api = master.api();
        String job = api.start(SLOW, "slow", "{\"range\":{\"from\":0,\"to\":1500}}");
        String done = api.start("int quick(int x) { return x; }", "quick", "[1,2,3]");
        api.ended(done);
        Await.until("results", () -> succeeded(job) > 100);
        String recorded = api.get("/jobs/" + job + "/results?order=completion").text();

        master.program().kill();
        master.restart();

        JsonNode ended = master.api().ended(job);
        assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("tasks").path("succeeded").asLong()).isEqualTo(1500);
        assertThat(master.api().values(job)).isEqualTo(squares(1500));
        Answer log = master.api().get("/jobs/" + job + "/results?order=completion");
        assertThat(log.text()).startsWith(recorded);
        assertThat(indexes(log)).hasSize(1500).doesNotHaveDuplicates();
        assertThat(master.api().values(done)).isEqualTo("[1,2,3]");
    }

    private static String squares(int count) {
        StringBuilder values = new StringBuilder();
        LongStream.range(0, count)
                .forEach(i -> values.append(i == 0 ? "[" : ",").append(i * i));
        return values.append(']').toString();
    }

    private static List<Long> indexes(Answer log) {
        List<Long> indexes = new ArrayList<>();
        log.lines().forEach(line -> indexes.add(line.path("index").asLong()));
        return indexes;
    }

    private long succeeded(String job) {
        return master.api().job(job).path("tasks").path("succeeded").asLong();
    }

    @Test
    @org.junit.jupiter.api.Order(3)
    void whatWasAcknowledgedBeforeAKillIsThereAfterIt() {
        Api api = master.api();
        String environment = api.load("int kept(int x) { return x; }");
        List<CompletableFuture<List<String>>> posting = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            posting.add(CompletableFuture.supplyAsync(() -> postUntilItFails(api, environment)));
        }
        Await.until(
                "posted jobs",
                () -> api.get("/jobs?limit=1000")
                                .expect(200)
                                .json()
                                .path("items")
                                .size()
                        > 30);

        master.program().kill();
        List<String> acknowledged = new ArrayList<>();
        posting.forEach(each -> acknowledged.addAll(each.join()));
        master.restart();

        assertThat(acknowledged).hasSizeGreaterThan(20);
        for (String id : acknowledged) {
            assertThat(master.api().values(id)).isEqualTo("[1,2]");
        }
    }

    private static List<String> postUntilItFails(Api api, String environment) {
        List<String> acknowledged = new ArrayList<>();
        try {
            while (acknowledged.size() < 1000) {
                acknowledged.add(api.submit(environment, "kept", "[1,2]", "{}")
                        .expect(202)
                        .json()
                        .path("id")
                        .asString());
            }
        } catch (java.io.UncheckedIOException e) {
            // the master is gone: what it answered until now is what counts
        }
        return acknowledged;
    }

    @Test
    @org.junit.jupiter.api.Order(4)
    void aWorkerThatIsToldToEndFinishesWhatItRunsAndLeaves() {
        Api api = master.api();
        String job = api.start(
                "int nap(int x) throws InterruptedException { Thread.sleep(1500); return x; }",
                "nap",
                "[1,2,3,4,5,6,7,8]",
                "{\"batchSize\":1}");
        Await.until(
                "tasks that run",
                () -> succeeded(job) > 0 && worker.view().path("busy").asInt() > 0);
        String id = worker.id();

        worker.program().terminate();

        assertThat(worker.program().exitCode(Duration.ofSeconds(30))).isIn(0, 143);
        JsonNode tasks = api.job(job).path("tasks");
        assertThat(tasks.path("running").asInt()).isZero();
        assertThat(tasks.path("succeeded").asInt() + tasks.path("pending").asInt())
                .isEqualTo(8);
        assertThat(tasks.path("failed").asInt()).isZero();
        assertThat(api.get("/workers").json().path("items"))
                .filteredOn(each -> each.path("id").asString().equals(id))
                .allSatisfy(each -> assertThat(each.path("state").asString()).isEqualTo("GONE"));
        assertThat(api.get("/jobs/" + job + "/tasks/0").json().path("attempts").asInt())
                .isEqualTo(1);
    }

    @Test
    @org.junit.jupiter.api.Order(5)
    void aMasterThatIsToldToEndAnswersWhoWaitsAndEnds() {
        Api api = master.api();
        String job = api.start("int waits(int x) { return x; }", "waits", "[1]");
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(() -> api.get("/jobs/" + job + "?wait=60s"));

        master.program().terminate();

        assertThat(master.program().exitCode(Duration.ofSeconds(30))).isIn(0, 143);
        assertThat(waiting.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).exceptionally(_ -> null))
                .isNotNull();
    }
}
