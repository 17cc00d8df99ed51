package io.minimalcluster.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.fuzz.FuzzedCalls.Request;
import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sends random calls of the OpenAPI document to a master. {@code ./minimalcluster fuzz --minutes N --seed S} runs it
 * longer; a failure prints the seed and the number of the request.
 */
@Tag("postgres")
class ApiFuzzIT {
    private static final int REQUESTS = 3_000;
    private static final Duration SLOW = Duration.ofSeconds(60);
    private static final Pattern INTERNALS = Pattern.compile(
            "\\tat |Exception:|java\\.lang\\.|org\\.springframework|io\\.minimalcluster\\.master|SQLITE|PSQL");

    /** They end the master or its worker, fill the disk, or make streams of the ended job endless. */
    private static final List<String> EXCLUDED = List.of(
            "POST /api/v1/jobs/{id}/retry",
            "POST /api/v1/cluster/shutdown",
            "POST /api/v1/cluster/backup",
            "POST /api/v1/cluster/local-worker",
            "DELETE /api/v1/cluster/local-worker");

    private final long seed = Long.getLong("minimalcluster.fuzz.seed", 20_261_129L);
    private final Duration duration = Duration.ofMinutes(Long.getLong("minimalcluster.fuzz.minutes", 0L));

    @Test
    void noFuzzedCallCausesAServerErrorOrAHang() {
        SplittableRandom random = new SplittableRandom(seed);
        try (MasterProcess master = MasterProcess.start("--minimalcluster.local-worker.enabled=false")) {
            Api admin = master.api();
            List<Api> callers = List.of(
                    admin,
                    admin,
                    Api.of(master.url(), master.read("worker.key")),
                    Api.of(master.url(), "not-a-key"),
                    admin.withoutKey());
            FuzzedCalls calls = new FuzzedCalls(
                    admin.withoutKey()
                            .send("GET", "/v3/api-docs", Map.of(), BodyPublishers.noBody())
                            .expect(200)
                            .json(),
                    EXCLUDED,
                    resources(admin, callers.get(2)),
                    random);
            assertThat(calls.calls()).isGreaterThan(35);
            Map<Integer, Integer> statuses = new TreeMap<>();
            long begun = System.nanoTime();
            int sent = 0;
            while (sent < REQUESTS || System.nanoTime() - begun < duration.toNanos()) {
                Request request = calls.next();
                Api caller = callers.get(random.nextInt(callers.size()));
                statuses.merge(send(caller, request, "request " + sent + " of seed " + seed), 1, Integer::sum);
                sent++;
            }
            System.out.println("event=fuzzed seed=" + seed + " requests=" + sent + " statuses=" + statuses);
            assertThat(statuses.keySet()).contains(200, 400, 401, 422);
            assertThat(master.program().output()).doesNotContain("\tat ");
            admin.get("/jobs?limit=1").expect(200);
        }
    }

    /** An environment, an ended job, and a registered worker. */
    private static Map<String, String> resources(Api admin, Api worker) {
        String environment = admin.load("long square(long x) { return x * x; }");
        String job = admin.submit(environment, "square", "[1,2]", "{}")
                .expect(202)
                .json()
                .path("id")
                .asString();
        admin.post("/jobs/" + job + "/cancel", "").expect(200);
        return Map.of(
                "environments",
                environment,
                "jobs",
                job,
                "workers",
                RawWorker.register(worker, "fuzz").id());
    }

    private static int send(Api caller, Request request, String number) {
        String name = number + ": " + request.method() + " " + request.path() + " " + request.headers() + " "
                + new String(
                        request.body(),
                        0,
                        Math.min(request.body().length, 500),
                        java.nio.charset.StandardCharsets.UTF_8);
        long begun = System.nanoTime();
        Response response;
        try {
            response = caller.send(
                    request.method(),
                    request.path(),
                    request.headers(),
                    request.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body()));
        } catch (UncheckedIOException e) {
            throw new AssertionError(name, e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(name).isLessThan(SLOW);
        boolean unavailable =
                response.status() == 503 && !response.header("Retry-After").isEmpty();
        assertThat(response.status() < 500 || unavailable)
                .as("%s was answered with %s: %s", name, response.status(), response.text())
                .isTrue();
        if (response.status() >= 400) {
            assertThat(response.header("Content-Type")).as(name).startsWith("application/problem+json");
            assertThat(INTERNALS.matcher(response.text()).find())
                    .as(name + response.text())
                    .isFalse();
        }
        return response.status();
    }
}
