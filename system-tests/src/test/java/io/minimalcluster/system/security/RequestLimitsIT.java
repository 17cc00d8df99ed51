package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Response;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests low request limits and the rate limit of sign-ins, and that sessions survive a kill. */
class RequestLimitsIT {
    private static MasterProcess master;

    @BeforeAll
    static void start() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false", "--minimalcluster.limits.job-bytes=1m");
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    private static Response signIn(String key) {
        return master.api().withoutKey().post("/session", "{\"key\":\"" + key + "\"}");
    }

    @Test
    void sessionSurvivesAKillOfTheMaster() {
        String cookie =
                signIn(master.read("authkey")).expect(200).header("Set-Cookie").split(";", 2)[0];

        master.program().kill();
        master.restart();

        Api api = master.api().withHeaders(Map.of("Cookie", cookie, "X-Requested-With", "minimalcluster"));
        api.get("/keys").expect(200);
        api.delete("/session").expect(204);
        api.get("/keys").problem(401, "unauthenticated");
    }

    @Test
    void failedSignInsAreRateLimited() {
        Response last = signIn("wrong");
        for (int i = 0; i < 20 && last.status() == 401; i++) {
            last = signIn("wrong");
        }

        last.problem(429, "too-many-requests");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 6);
        signIn(master.read("authkey")).problem(429, "too-many-requests");
        master.api().get("/keys").expect(200); // calls with a key are not limited
        master.program().kill(); // the next test signs in, and the count of failures is in memory
        master.restart();
    }

    @Test
    void emptyLinesCountTowardsTheLimit() {
        Api api = master.api();
        String environment = api.load("long same(long x) { return x; }");
        byte[] empty = "\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        Response response = api.send(
                "POST",
                "/api/v1/jobs?method=same&environmentId=" + environment,
                Map.of("Content-Type", "application/x-ndjson"),
                BodyPublishers.ofByteArrays(Collections.nCopies(100, empty)));

        assertThat(response.problem(413, "payload-too-large").path("limitBytes").asLong())
                .isEqualTo(3 << 20);
        assertThat(api.get("/jobs").expect(200).json().path("items")).isEmpty();
    }
}
