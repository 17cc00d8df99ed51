package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.Seeded;
import io.minimalcluster.system.harness.Seeded.Chance;
import io.minimalcluster.system.harness.WorkerProcess;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Kills the master while jobs are posted, results are posted and batches are allocated. Checks I1 no lost job, I2 no
 * lost result, I3 one outcome, I5 conservation, I11 idempotence and I12 honest unknowns. The master has no local
 * worker, and there is one remote worker. The last tests terminate both gracefully.
 */
@Tag("faults")
@ExtendWith(Seeded.class)
@Tag("postgres")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class Fault01MasterKilledIT {
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
    void secondMasterOnTheSameStoreDoesNotStart() {
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
    void jobContinuesAfterAKillAndEachTaskHasOneOutcome() {
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
        Response log = master.api().get("/jobs/" + job + "/results?order=completion");
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

    private static List<Long> indexes(Response log) {
        List<Long> indexes = new ArrayList<>();
        log.lines().forEach(line -> indexes.add(line.path("index").asLong()));
        return indexes;
    }

    private long succeeded(String job) {
        return master.api().job(job).path("tasks").path("succeeded").asLong();
    }

    /** Posts jobs, each with an idempotency key, until the connection to the master fails. */
    private static final class Poster {
        private final List<String> acknowledged = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();

        Poster post(Api api, String environment, String name) {
            for (int i = 0; unknown.isEmpty(); i++) {
                String key = name + "-" + i;
                try {
                    acknowledged.add(submit(api, environment, key)
                            .expect(202)
                            .json()
                            .path("id")
                            .asString());
                } catch (UncheckedIOException e) {
                    unknown.add(key); // the connection failed, so the outcome of this request is unknown
                }
            }
            return this;
        }

        static Response submit(Api api, String environment, String key) {
            return api.send(
                    "POST",
                    "/api/v1/jobs",
                    Map.of("Content-Type", "application/json", "Idempotency-Key", key),
                    BodyPublishers.ofString(
                            "{\"environmentId\":\"%s\",\"method\":\"kept\",\"args\":[1,2]}".formatted(environment)));
        }
    }

    @Test
    @org.junit.jupiter.api.Order(3)
    void acknowledgedJobsSurviveAKillAndRepeatedRequestsCreateOneJob(Chance chance) {
        String environment = master.api().load("int kept(int x) { return x; }");
        int before = jobs().size();
        List<CompletableFuture<Poster>> posting = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = chance.seed() + "-" + thread;
            posting.add(CompletableFuture.supplyAsync(() -> new Poster().post(master.api(), environment, name)));
        }
        int threshold = before + chance.between(10, 60);
        Await.until("posted jobs", () -> jobs().size() > threshold);

        master.program().kill();
        List<Poster> posters = posting.stream().map(CompletableFuture::join).toList();
        master.restart();

        Set<String> known = new HashSet<>();
        for (Poster poster : posters) {
            known.addAll(poster.acknowledged);
            for (String key : poster.unknown) {
                Response again = Poster.submit(master.api(), environment, key);
                assertThat(again.status()).as(again.text()).isIn(200, 202);
                known.add(again.json().path("id").asString());
            }
        }
        assertThat(jobs()).hasSize(before + known.size()).containsAll(known);
        for (String id : known) {
            assertThat(master.api().values(id)).isEqualTo("[1,2]");
        }
    }

    private List<String> jobs() {
        List<String> ids = new ArrayList<>();
        master.api()
                .get("/jobs?limit=1000")
                .expect(200)
                .json()
                .path("items")
                .forEach(job -> ids.add(job.path("id").asString()));
        return ids;
    }

    /** Starts a job that only raw workers of this test may run. */
    private String startForRawWorkers(int tasks, int batchSize) {
        return master.api()
                .start(
                        "long same(long x) { return x; }",
                        "same",
                        "{\"range\":{\"from\":0,\"to\":%d}}".formatted(tasks),
                        "{\"batchSize\":%d,\"copies\":false,\"requires\":{\"raw\":\"yes\"}}".formatted(batchSize));
    }

    private RawWorker newRawWorker(String name) {
        return RawWorker.registerAs(
                master.api(),
                RawWorker.registration(name, 64, 1, "25.0.1").replace("\"labels\":{}", "\"labels\":{\"raw\":\"yes\"}"));
    }

    @Test
    @org.junit.jupiter.api.Order(4)
    void resultsPostedDuringAKillAreRecordedOnce(Chance chance) {
        int batches = 60;
        String job = startForRawWorkers(batches * 2, 2);
        RawWorker worker = newRawWorker("posts");
        List<JsonNode> taken = new ArrayList<>();
        while (taken.size() < batches) {
            String[] held = taken.stream()
                    .map(batch -> batch.path("leaseId").asString())
                    .toArray(String[]::new);
            worker.poll(8, "20s", held).expect(200).json().path("batches").forEach(taken::add);
        }
        AtomicInteger acknowledged = new AtomicInteger();
        Queue<JsonNode> toPost = new ConcurrentLinkedQueue<>(taken);
        List<CompletableFuture<Void>> posting = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            posting.add(CompletableFuture.runAsync(() -> {
                for (JsonNode batch = toPost.poll(); batch != null; batch = toPost.poll()) {
                    try {
                        post(worker, batch).expect(200);
                        acknowledged.incrementAndGet();
                    } catch (UncheckedIOException e) {
                        return;
                    }
                }
            }));
        }
        int threshold = chance.between(5, batches - 5);
        Await.until("acknowledged results", () -> acknowledged.get() >= threshold);

        master.program().kill();
        posting.forEach(CompletableFuture::join);
        master.restart();

        long kept = succeeded(job);
        assertThat(kept)
                .as("recorded results include all acknowledged ones")
                .isGreaterThanOrEqualTo(2L * acknowledged.get());
        for (JsonNode batch : taken) {
            JsonNode answer = post(worker, batch).expect(200).json();
            assertThat(answer.path("recorded").asLong() + answer.path("known").asLong())
                    .isEqualTo(2);
        }
        JsonNode values = Json.read(master.api().values(job));
        for (int i = 0; i < 2 * batches; i++) {
            assertThat(values.path(i).asLong(-1)).isEqualTo(i);
        }
        assertThat(indexes(master.api().get("/jobs/" + job + "/results?order=completion")))
                .hasSize(2 * batches)
                .doesNotHaveDuplicates();
        worker.leave();
    }

    private static Response post(RawWorker worker, JsonNode batch) {
        long first = batch.path("first").asLong();
        return worker.results(batch.path("leaseId").asString(), first, 2, first + "," + (first + 1), true);
    }

    /** Claims one batch a poll until the connection fails. It keeps the leases and the number of answered polls. */
    private static final class Claimer {
        private final RawWorker worker;
        private final Map<String, JsonNode> leases = new LinkedHashMap<>();
        private int answeredPolls;

        Claimer(RawWorker worker) {
            this.worker = worker;
        }

        void claimUntilItFails(AtomicInteger claimed) {
            try {
                while (claim().status() == 200) {
                    claimed.incrementAndGet();
                }
            } catch (UncheckedIOException e) {
                // the connection failed; the same request is repeated after the restart
            }
        }

        Response claim() {
            String[] held = leases.keySet().toArray(String[]::new);
            Response response = worker.poll("claim-" + answeredPolls, 1, "0s", held);
            if (response.status() == 200) {
                response.json()
                        .path("batches")
                        .forEach(batch -> leases.put(batch.path("leaseId").asString(), batch));
                answeredPolls++;
            }
            return response;
        }
    }

    @Test
    @org.junit.jupiter.api.Order(5)
    void batchesAllocatedDuringAKillBelongToOneWorkerEach(Chance chance) {
        int batches = 200;
        String job = startForRawWorkers(batches, 1);
        List<Claimer> claimers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            claimers.add(new Claimer(newRawWorker("claims-" + i)));
        }
        AtomicInteger claimed = new AtomicInteger();
        List<CompletableFuture<Void>> claiming = claimers.stream()
                .map(each -> CompletableFuture.runAsync(() -> each.claimUntilItFails(claimed)))
                .toList();
        int threshold = chance.between(5, 100);
        Await.until("claimed batches", () -> claimed.get() >= threshold);

        master.program().kill();
        claiming.forEach(CompletableFuture::join);
        master.restart();

        for (boolean hasMore = true; hasMore; ) { // the first poll of each claimer repeats the unanswered request
            hasMore = false;
            for (Claimer each : claimers) {
                hasMore |= each.claim().status() == 200;
            }
        }
        List<Long> held = new ArrayList<>();
        for (Claimer each : claimers) {
            for (JsonNode batch : each.leases.values()) {
                assertThat(batch.path("attempt").asInt()).isEqualTo(1);
                held.add(batch.path("first").asLong());
            }
        }
        assertThat(held).as("indexes held by all claimers").hasSize(batches).doesNotHaveDuplicates();
        for (Claimer each : claimers) {
            each.leases.forEach((lease, batch) -> {
                long index = batch.path("first").asLong();
                JsonNode answer = each.worker
                        .results(lease, index, 1, "" + index, true)
                        .expect(200)
                        .json();
                assertThat(answer.path("recorded").asInt()).isEqualTo(1);
            });
            each.worker.leave();
        }
        assertThat(master.api().ended(job).path("state").asString()).isEqualTo("SUCCEEDED");
    }

    @Test
    @org.junit.jupiter.api.Order(6)
    void terminatedWorkerFinishesItsTasksAndLeaves() {
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

        assertThat(worker.program().exitCode(Await.LONG)).isIn(0, 143);
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
    @org.junit.jupiter.api.Order(7)
    void gracefulShutdownAnswersWaitingRequests() {
        Api api = master.api();
        String job = api.start("int waits(int x) { return x; }", "waits", "[1]");
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> api.get("/jobs/" + job + "?wait=60s"));

        master.program().terminate();

        assertThat(master.program().exitCode(Await.LONG)).isIn(0, 143);
        assertThat(waiting.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).exceptionally(_ -> null))
                .isNotNull();
    }
}
