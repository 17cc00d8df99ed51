package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Kills a master in the middle of its calls and compares its audit log with what it did. */
@Tag("postgres")
class AuditIT {
    private static final String SQUARE = "long square(long x) { return x * x; }";

    @Test
    void everyChangeAndEveryAnsweredReadIsInTheAuditAfterAKill() {
        try (MasterProcess master = MasterProcess.start("--minimalcluster.local-worker.slots=1")) {
            Api admin = master.api();
            String environment = admin.load(SQUARE);
            String ended = admin.start(SQUARE, "square", "[3]");
            admin.ended(ended);
            admin.post("/keys", "{\"name\":\"bob\",\"role\":\"client\"}").expect(201);
            admin.delete("/keys/bob").expect(204);
            admin.delete("/keys/bob").problem(404, "not-found");
            admin.post("/keys", "{\"name\":\"carol\",\"role\":\"client\"}").expect(201);
            admin.post("/keys", "{\"name\":\"carol\",\"role\":\"client\"}").problem(409, "conflict");
            ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();

            submitUntilKilled(
                    master, admin, environment, answered, () -> readEverything(master, admin, environment, ended));
            master.restart();

            Set<String> audited = targets(admin, "run");
            assertThat(audited).containsAll(answered).containsAll(jobs(admin));
            assertThat(targets(admin, "read-values")).contains(ended);
            assertThat(targets(admin, "read-results")).contains(ended);
            assertThat(targets(admin, "read-task")).contains(ended);
            assertThat(targets(admin, "read-sources")).contains(environment);
            assertThat(targets(admin, "read-bundle")).contains(environment);
            assertThat(statuses(admin, "sign-in")).containsExactly(200);
            assertThat(statuses(admin, "refused")).contains(401);
            assertThat(statuses(admin, "register-worker")).contains(201);
            assertThat(statuses(admin, "remove-worker")).contains(204);
            assertThat(statuses(admin, "make-key")).containsExactlyInAnyOrder(201, 201, 409);
            assertThat(statuses(admin, "revoke-key")).containsExactlyInAnyOrder(204, 404);
        }
    }

    private static void submitUntilKilled(
            MasterProcess master,
            Api admin,
            String environment,
            ConcurrentLinkedQueue<String> answered,
            Runnable lastCalls) {
        try (ExecutorService clients = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                clients.execute(() -> {
                    try {
                        while (true) {
                            answered.add(admin.submit(environment, "square", "[1]", "{}")
                                    .expect(202)
                                    .json()
                                    .path("id")
                                    .asString());
                        }
                    } catch (UncheckedIOException | AssertionError _) {
                        // killed
                    }
                });
            }
            try {
                Await.until("some jobs", () -> answered.size() > 100);
                lastCalls.run();
            } finally {
                master.program().kill(); // ends the clients
            }
        }
    }

    private static void readEverything(MasterProcess master, Api admin, String environment, String job) {
        admin.get("/jobs/" + job + "/values").expect(200);
        admin.get("/jobs/" + job + "/results").expect(200);
        admin.get("/jobs/" + job + "/tasks/0").expect(200);
        admin.get("/environments/" + environment + "/sources").expect(200);
        Api worker = Api.of(master.url(), master.read("worker.key"));
        worker.get("/environments/" + environment + "/bundle").expect(200);
        String id = worker.post(
                        "/workers",
                        "{\"name\":\"w\",\"slots\":1,\"labels\":{},\"isolation\":\"process\",\"version\":\"1\","
                                + "\"javaVersion\":\"25\",\"pid\":1,\"protocol\":1}")
                .json()
                .path("workerId")
                .asString();
        worker.delete("/workers/" + id).expect(204);
        admin.withoutKey()
                .post("/session", "{\"key\":\"" + master.read("authkey") + "\"}")
                .expect(200);
        admin.withHeaders(Map.of("Authorization", "Bearer wrong")).get("/jobs").expect(401);
    }

    private static Set<String> jobs(Api admin) {
        return items(admin, "/jobs?limit=1000")
                .map(job -> job.path("id").asString())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> entries(Api admin, String action) {
        return items(admin, "/audit?limit=1000&action=" + action).toList();
    }

    /** The items of all pages. */
    private static Stream<JsonNode> items(Api admin, String path) {
        return Stream.iterate(
                        admin.get(path).expect(200).json(),
                        page -> !page.isMissingNode(),
                        page -> page.path("next").isString()
                                ? admin.get(path + "&after=" + page.path("next").asString())
                                        .expect(200)
                                        .json()
                                : MissingNode.getInstance())
                .flatMap(page -> page.path("items").valueStream());
    }

    private static Set<String> targets(Api admin, String action) {
        return entries(admin, action).stream()
                .map(entry -> entry.path("target").asString(""))
                .collect(Collectors.toSet());
    }

    private static List<Integer> statuses(Api admin, String action) {
        return entries(admin, action).stream()
                .map(entry -> entry.path("status").asInt())
                .toList();
    }
}
