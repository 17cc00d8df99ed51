package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.RawWorker;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.Stream;
import io.minimalcluster.system.harness.UseShared;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that open streams, waits and polls end when their key is revoked. */
@Timeout(120)
@UseShared(QuietMaster.class)
class RevokedKeyIT {
    private final QuietMaster master;
    private final String name = "key-" + UUID.randomUUID();

    RevokedKeyIT(QuietMaster master) {
        this.master = master;
    }

    private Api newKey(String role) {
        String secret = master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}")
                .expect(201)
                .json()
                .path("secret")
                .asString();
        return Api.of(master.url(), secret);
    }

    private void revoke() {
        master.admin().delete("/keys/" + name).expect(204);
    }

    @Test
    void streamsEndAndWaitsAreRefused() {
        Api client = newKey("client");
        String job = client.start("long same(long x) { return x; }", "same", "[1]");
        CompletableFuture<Response> wait =
                CompletableFuture.supplyAsync(() -> client.get("/jobs/" + job + "?wait=60s"));
        try (Stream events = client.stream("/jobs/" + job + "/events", Map.of());
                Stream results = client.stream("/jobs/" + job + "/results?follow=true", Map.of());
                Stream others = master.observer().stream("/jobs/" + job + "/events", Map.of())) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(results.status()).isEqualTo(200);

            revoke();

            assertThat(events.rest()).noneMatch(line -> line.contains("SUCCEEDED"));
            assertThat(results.rest()).isEmpty();
            master.admin().post("/jobs/" + job + "/cancel", "").expect(200);
            wait.join().problem(401, "unauthenticated");
            assertThat(others.rest()).anyMatch(line -> line.contains("CANCELLED"));
        }
    }

    @Test
    void streamEndsWithItsSession() {
        String job = master.alice().start("long same(long x) { return x; }", "same", "[1]");
        String cookie = master.alice()
                .withoutKey()
                .post("/session", "{\"key\":\"secret-of-alice\"}")
                .expect(200)
                .header("Set-Cookie")
                .split(";", 2)[0];
        Api browser = master.alice().withHeaders(Map.of("Cookie", cookie, "X-Requested-With", "minimalcluster"));
        try (Stream events = browser.stream("/jobs/" + job + "/events", Map.of())) {
            assertThat(events.status()).isEqualTo(200);

            browser.delete("/session").expect(204);

            assertThat(events.rest()).noneMatch(line -> line.contains("CANCELLED"));
        }
    }

    @Test
    void openPollOfARevokedKeyGetsNoBatch() {
        RawWorker worker = RawWorker.register(newKey("worker"), "revoked");
        CompletableFuture<Response> poll = worker.pollLater("one", 1, "60s");

        revoke();
        String job = master.alice().start("long same(long x) { return x; }", "same", "[1]");

        poll.join().problem(401, "unauthenticated");
        assertThat(master.alice().job(job).path("state").asString()).isEqualTo("QUEUED");
        master.admin().delete(worker.path("")).expect(204); // a worker with a revoked key can't leave by itself
    }
}
