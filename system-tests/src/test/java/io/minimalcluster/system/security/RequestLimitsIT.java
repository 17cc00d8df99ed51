package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.MasterProcess;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.SlowClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests low limits of requests, connections and wrong keys, disabled API docs, and that sessions survive a kill. */
class RequestLimitsIT {
    private static final int CONNECTIONS = 250;

    private static MasterProcess master;

    @BeforeAll
    static void start() {
        master = MasterProcess.start(
                "--minimalcluster.local-worker.enabled=false",
                "--minimalcluster.api-docs.enabled=false",
                "--minimalcluster.limits.job-bytes=1m",
                "--minimalcluster.limits.head-timeout=2s",
                "--minimalcluster.limits.connections-per-address=" + CONNECTIONS);
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
        signIn(master.read("authkey")).expect(200); // a valid key is not locked out
    }

    @Test
    void wrongKeysAreThrottledWithoutLockingOutTheValidKey() {
        Api wrong = Api.of(master.url(), "wrong");
        Response last = wrong.get("/jobs");
        for (int i = 0; i < 20_000 && last.status() == 401; i++) {
            last = wrong.get("/jobs");
        }

        last.problem(429, "too-many-requests");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        master.api().get("/keys").expect(200);
    }

    @Test
    void drippedHeadsAreCutOff() {
        List<SlowClient> open = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            SlowClient client = SlowClient.connect(master.url());
            client.send("GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
            open.add(client);
        }

        Await.until("the end of all connections", () -> {
            open.removeIf(client -> !client.send("x") || client.isClosed(1));
            return open.isEmpty();
        });
        master.api().get("/jobs").expect(200);
    }

    @Test
    void connectionsOfAnAddressAreBounded() {
        List<SlowClient> open = new ArrayList<>();
        try {
            Await.until(
                    "a refused connection",
                    () -> { // idle connections end too, but later
                        for (int i = 0; i < CONNECTIONS; i++) {
                            open.add(SlowClient.connect(master.url()));
                        }
                        return open.getLast().isClosed(10);
                    });
        } finally {
            open.forEach(SlowClient::close);
        }
        Await.until("an accepted connection", () -> {
            try (SlowClient client = SlowClient.connect(master.url())) {
                client.send("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
                return client.read(12).equals("HTTP/1.1 200");
            }
        });
    }

    @Test
    void uploadWithoutAKeyEndsEarly() {
        String piece = "x".repeat(1 << 20);
        try (SlowClient client =
                SlowClient.request(master.url(), "wrong", "POST /api/v1/environments", "Content-Length: 1000000000")) {
            int sent = 0;
            while (sent < 100 && client.send(piece)) {
                sent++;
            }

            assertThat(sent).as("mebibytes that were sent").isLessThan(100);
        }
    }

    @Test
    void refusedUploadWithAKeyIsReadToItsEnd() {
        byte[] body = new byte[70 << 20]; // above the limit, and too long for the buffers of the connection

        master.api()
                .send(
                        "POST",
                        "/api/v1/environments",
                        Map.of("Content-Type", "text/plain"),
                        BodyPublishers.ofByteArray(body))
                .problem(413, "payload-too-large");
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

    @ParameterizedTest
    @ValueSource(
            strings = {"/v3/api-docs", "/v3/api-docs.yaml", "/v3/api-docs/swagger-config", "/swagger-ui/index.html"})
    void settingDisablesApiDocs(String path) {
        master.api()
                .withoutKey()
                .send("GET", path, Map.of(), BodyPublishers.noBody())
                .problem(404, "not-found");
    }
}
