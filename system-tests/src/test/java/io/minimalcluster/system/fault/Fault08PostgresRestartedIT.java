package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.postgres.TestPostgres;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.WorkerProcess;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Fault 8 on PostgreSQL: the server is killed or stopped while the master runs, and restarted. */
@Tag("faults")
class Fault08PostgresRestartedIT {
    private static final String SLOW = """
            long slow(long x) throws InterruptedException { Thread.sleep(10); return x * x; }
            """;
    private static final int TASKS = 1000;

    private final TestPostgres postgres = TestPostgres.start();
    private MasterProcess master;
    private WorkerProcess worker;

    enum End {
        KILLED,
        STOPPED_AT_ONCE,
        STOPPED;

        void of(TestPostgres server) {
            switch (this) {
                case KILLED -> server.kill();
                case STOPPED_AT_ONCE -> server.stopAtOnce();
                case STOPPED -> server.stop();
            }
        }
    }

    @BeforeEach
    void start() {
        master = MasterProcess.on(
                postgres.newDatabase(),
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.lease.duration=6s",
                "--minimalcluster.lease.heartbeat=1s");
        worker = WorkerProcess.start(master, "survivor", "--minimalcluster.worker.slots=2");
    }

    @AfterEach
    void end() {
        worker.close();
        master.close();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void outageRejectsCallsAndLosesNothing(End end) {
        Api api = master.api();
        String environment = api.load("int kept(int x) { return x; }");
        String job = api.start(SLOW, "slow", "{\"range\":{\"from\":0,\"to\":" + TASKS + "}}");
        Await.until("results", () -> succeeded(job) > 100);
        String recorded = api.get("/jobs/" + job + "/results?order=completion")
                .expect(200)
                .text();
        AtomicBoolean isAway = new AtomicBoolean();
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> posted =
                CompletableFuture.runAsync(() -> postUntil(isAway, api, environment, acknowledged));
        Await.until("an acknowledged job", () -> !acknowledged.isEmpty());

        end.of(postgres);

        Response refused = api.submit(environment, "kept", "[1,2]", "{}");
        refused.problem(503, "unavailable");
        assertThat(refused.header("Retry-After")).isNotBlank();
        api.get("/jobs/" + job).problem(503, "unavailable");
        assertThat(readiness()).isEqualTo(503);
        assertThat(api.send("GET", "/actuator/health/liveness", Map.of(), BodyPublishers.noBody())
                        .status())
                .as("an outage of the store does not affect liveness")
                .isEqualTo(200);
        isAway.set(true);
        posted.join();

        postgres.restart();

        Await.until("readiness", () -> readiness() == 200);
        JsonNode ended = api.ended(job);
        assertThat(ended.path("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("tasks").path("succeeded").asLong()).isEqualTo(TASKS);
        assertThat(api.values(job)).isEqualTo(squares());
        Response log = api.get("/jobs/" + job + "/results?order=completion").expect(200);
        assertThat(log.text()).startsWith(recorded);
        assertThat(log.lines().stream().map(line -> line.path("index").asLong()))
                .hasSize(TASKS)
                .doesNotHaveDuplicates();
        for (String id : acknowledged) {
            api.ended(id);
            assertThat(api.values(id)).isEqualTo("[1,2]");
        }
    }

    private long succeeded(String job) {
        return master.api().job(job).path("tasks").path("succeeded").asLong();
    }

    private int readiness() {
        return master.api()
                .send("GET", "/actuator/health/readiness", Map.of(), BodyPublishers.noBody())
                .status();
    }

    /** Posts jobs until {@code isAway}, and collects the ids of accepted jobs. */
    private static void postUntil(AtomicBoolean isAway, Api api, String environment, List<String> acknowledged) {
        while (!isAway.get() && acknowledged.size() < 500) {
            Response response = api.submit(environment, "kept", "[1,2]", "{}");
            assertThat(response.status()).isIn(202, 503);
            if (response.status() == 202) {
                acknowledged.add(response.json().path("id").asString());
            }
        }
    }

    private static String squares() {
        StringBuilder values = new StringBuilder();
        LongStream.range(0, TASKS)
                .forEach(i -> values.append(i == 0 ? "[" : ",").append(i * i));
        return values.append(']').toString();
    }
}
