package io.minimalcluster.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Installation;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Program;
import io.minimalcluster.system.harness.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Fault 8 on SQLite: another process locks the database until calls are rejected. Checks I1 no lost job, I5
 * conservation, I6 progress and I12 honest unknowns. A second master on the file does not start.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Fault08SqliteLockedIT {
    private static final int CALLERS = 4;

    private MasterProcess master;

    @BeforeAll
    void start() {
        master = MasterProcess.startOnFile("--minimalcluster.local-worker.slots=1");
    }

    @AfterAll
    void end() {
        master.close();
    }

    @Test
    void lockedDatabaseAcknowledgesNothingAndRecovers() throws SQLException {
        Api api = master.api();
        String environment = api.load("int same(int x) { return x; }");
        String running = api.submit(environment, "same", "{\"range\":{\"from\":0,\"to\":1000}}", "{\"batchSize\":20}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        Await.until("results", () -> succeeded(api, running) > 0);
        AtomicBoolean isOver = new AtomicBoolean();
        ConcurrentLinkedQueue<Response> responses = new ConcurrentLinkedQueue<>();

        List<CompletableFuture<Void>> callers;
        try (Connection otherProcess = DriverManager.getConnection(
                        "jdbc:sqlite:" + master.data().resolve("minimalcluster.db"));
                Statement statement = otherProcess.createStatement()) {
            statement.execute("pragma busy_timeout = 60000");
            statement.execute("begin exclusive");
            callers = callers(api, environment, responses, isOver);
            Await.until(
                    "two refusals for each caller",
                    () -> responses.stream()
                                    .filter(response -> response.status() == 503)
                                    .count()
                            >= 2 * CALLERS);
            assertThat(api.get("/jobs/" + running).status())
                    .as("reads continue")
                    .isEqualTo(200);
            statement.execute("rollback");
        }
        Await.until("an accepted job", () -> responses.stream().anyMatch(response -> response.status() == 202));
        isOver.set(true);
        callers.forEach(CompletableFuture::join);

        assertThat(responses)
                .allSatisfy(response -> assertThat(response.status()).isIn(202, 503));
        assertThat(api.ended(running).path("tasks").path("succeeded").asInt()).isEqualTo(1000);
        List<String> accepted = responses.stream()
                .filter(response -> response.status() == 202)
                .map(response -> response.json().path("id").asString())
                .toList();
        assertThat(accepted).allSatisfy(job -> assertThat(api.values(job)).isEqualTo("[1,2,3]"));
        assertThat(jobs(api)).as("exactly the accepted jobs").hasSize(accepted.size() + 1);
    }

    /** Fault 10: two masters on one file. */
    @Test
    void secondMasterThroughASymbolicLinkDoesNotStart() throws IOException {
        try (Folder folder = Folder.create("second")) {
            Path link = Files.createSymbolicLink(folder.path("link"), master.data());
            try (Program second = Program.start(
                    "second",
                    Installation.master(List.of(
                            "--server.port=0",
                            "--minimalcluster.data=" + link,
                            "--minimalcluster.local-worker.enabled=false")),
                    folder.path("."))) {
                assertThat(second.exitCode(Await.LONG)).as(second.tail()).isEqualTo(2);
                assertThat(second.output())
                        .contains("another master runs", "--minimalcluster.data=")
                        .doesNotContain("\tat ");
            }
        }
        master.api().get("/jobs").expect(200);
    }

    private static List<CompletableFuture<Void>> callers(
            Api api, String environment, ConcurrentLinkedQueue<Response> responses, AtomicBoolean isOver) {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(CompletableFuture.runAsync(() -> {
                while (!isOver.get() && responses.size() < 200) {
                    responses.add(api.submit(environment, "same", "[1,2,3]", "{}"));
                }
            }));
        }
        return callers;
    }

    private static long succeeded(Api api, String job) {
        return api.job(job).path("tasks").path("succeeded").asLong();
    }

    private static List<String> jobs(Api api) {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            var page = api.get("/jobs?limit=1000" + after).expect(200).json();
            page.path("items").forEach(job -> ids.add(job.path("id").asString()));
            after = page.path("next").isString() ? "&after=" + page.path("next").asString() : "";
        } while (!after.isEmpty());
        return ids;
    }
}
