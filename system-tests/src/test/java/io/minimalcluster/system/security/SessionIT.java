package io.minimalcluster.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.system.harness.Api;
import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Json;
import io.minimalcluster.system.harness.QuietMaster;
import io.minimalcluster.system.harness.Response;
import io.minimalcluster.system.harness.UseShared;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@UseShared(QuietMaster.class)
class SessionIT {
    private static final String COOKIE = "mc_session=";

    private final QuietMaster master;

    SessionIT(QuietMaster master) {
        this.master = master;
    }

    private Response signIn(String key) {
        return master.alice().withoutKey().post("/session", "{\"key\":" + Json.write(key) + "}");
    }

    private static String cookie(Response signIn) {
        return signIn.header("Set-Cookie").split(";", 2)[0];
    }

    private Api with(String cookie) {
        return master.alice().withHeaders(Map.of("Cookie", cookie, "X-Requested-With", "minimalcluster"));
    }

    private Api withCookieOnly(String cookie) {
        return master.alice().withHeaders(Map.of("Cookie", cookie));
    }

    @Test
    void signInSetsAnHttpOnlySameSiteCookie() {
        Response response = signIn("secret-of-alice").expect(200);

        assertThat(response.json().path("name").asString()).isEqualTo("alice");
        assertThat(response.json().path("roles")).extracting(JsonNode::asString).containsExactly("client");
        assertThat(Instant.parse(response.json().path("expiresAt").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(11)), Instant.now().plus(Duration.ofHours(13)));
        assertThat(response.header("Set-Cookie"))
                .matches("mc_session=[0-9a-f]{64}; .*") // 256 bits
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=43200")
                .doesNotContain("Secure"); // this master uses plain HTTP on the loopback interface
        assertThat(response.header("X-Request-Id")).isNotBlank();
        assertThat(cookie(response)).isNotEqualTo(cookie(signIn("secret-of-alice")));
        assertThat(response.text()).doesNotContain("secret");
    }

    @Test
    void codeSignsInOnceInPlaceOfItsKey() {
        Response created = master.alice().post("/session/code", "").expect(201);
        String body = "{\"code\":\"" + created.json().path("code").asString() + "\"}";
        assertThat(Instant.parse(created.json().path("expiresAt").asString()))
                .isBetween(Instant.now().plusSeconds(14 * 60), Instant.now().plusSeconds(16 * 60));

        Response signIn = master.alice().withoutKey().post("/session", body).expect(200);

        assertThat(signIn.json().path("name").asString()).isEqualTo("alice");
        with(cookie(signIn)).get("/jobs").expect(200);
        master.alice().withoutKey().post("/session", body).problem(401, "unauthenticated");
    }

    @Test
    void sessionCannotCreateACode() {
        with(cookie(signIn("secret-of-alice").expect(200)))
                .post("/session/code", "")
                .problem(403, "forbidden");
        master.alice().withoutKey().post("/session/code", "").problem(401, "unauthenticated");
        master.alice().withoutKey().post("/session", "{\"code\":\"none\"}").problem(401, "unauthenticated");
        master.alice()
                .withoutKey()
                .post("/session", "{\"code\":\"none\",\"key\":\"secret-of-alice\"}")
                .problem(400, "malformed-request");
    }

    @Test
    void cookieHasTheRoleOfItsKey() {
        Api alice = with(cookie(signIn("secret-of-alice").expect(200)));
        Api observer = with(cookie(signIn("secret-of-oscar").expect(200)));

        String job = alice.start("int f(int x) { return x; }", "f", "[1]");

        assertThat(alice.job(job).path("createdBy").asString()).isEqualTo("alice");
        observer.get("/jobs/" + job).expect(200);
        observer.post("/jobs/" + job + "/cancel", "").problem(403, "forbidden");
        alice.get("/keys").problem(403, "forbidden");
        alice.post("/jobs/" + job + "/cancel", "").expect(200);
        alice.delete("/jobs/" + job).expect(204);
    }

    @Test
    void callWithACookieNeedsTheCsrfHeader() {
        String cookie = cookie(signIn("secret-of-alice").expect(200));

        withCookieOnly(cookie).get("/jobs").problem(403, "forbidden");
        withCookieOnly(cookie).post("/jobs", "{}").problem(403, "forbidden");
        withCookieOnly(cookie).delete("/session").problem(403, "forbidden");
        master.alice()
                .withHeaders(Map.of("Cookie", cookie, "X-Requested-With", "XMLHttpRequest"))
                .get("/jobs")
                .problem(403, "forbidden");
        with(cookie).get("/jobs").expect(200);
        withCookieOnly(cookie)
                .send("GET", "/actuator/health/liveness", Map.of(), BodyPublishers.noBody())
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mc_session=0000000000000000000000000000000000000000000000000000000000000000",
                "mc_session=secret-of-alice",
                "mc_session=",
                "mc_session=' or 1=1 --",
                "session=~",
                "mc_session=~; mc_session=~",
                "mc_session=~; mc_session=0000000000000000000000000000000000000000000000000000000000000000",
                "mc_session=~0"
            })
    void invalidCookieIsRejected(String cookie) {
        String secret = cookie(signIn("secret-of-alice").expect(200)).substring(COOKIE.length());

        with(cookie.replace("~", secret)).get("/jobs").problem(401, "unauthenticated");
    }

    @Test
    void keyHasPrecedenceOverTheCookie() {
        String cookie = cookie(signIn("secret-of-adam").expect(200));
        Map<String, String> both = Map.of(
                "Cookie", cookie, "X-Requested-With", "minimalcluster", "Authorization", "Bearer secret-of-alice");

        master.alice().withHeaders(both).get("/keys").problem(403, "forbidden");
        master.alice()
                .withHeaders(
                        Map.of("Cookie", cookie, "X-Requested-With", "minimalcluster", "Authorization", "Bearer wrong"))
                .get("/keys")
                .problem(401, "unauthenticated");
    }

    @Test
    void signOutEndsTheSessionAndIsIdempotent() {
        String cookie = cookie(signIn("secret-of-alice").expect(200));
        String other = cookie(signIn("secret-of-alice").expect(200));

        Response end = with(cookie).delete("/session").expect(204);

        assertThat(end.header("Set-Cookie")).startsWith("mc_session=;").contains("Max-Age=0", "HttpOnly");
        with(cookie).get("/jobs").problem(401, "unauthenticated");
        with(cookie).delete("/session").expect(204);
        with(other).get("/jobs").expect(200);
        master.alice().delete("/session").expect(204); // a call with a key has no session to end
        master.alice().withoutKey().delete("/session").problem(401, "unauthenticated");
    }

    @Test
    void sessionEndsWithItsKey() {
        String name = "key-" + UUID.randomUUID();
        String secret = master.admin()
                .post("/keys", "{\"name\":\"" + name + "\",\"role\":\"client\"}")
                .expect(201)
                .json()
                .path("secret")
                .asString();
        String cookie = cookie(signIn(secret).expect(200));
        with(cookie).get("/jobs").expect(200);

        master.admin().delete("/keys/" + name).expect(204);

        Await.until("the cookie to be refused", () -> with(cookie).get("/jobs").status() == 401);
        assertThat(with(cookie).delete("/session").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":\"secret-of-alic\"}|401|unauthenticated",
                "{\"key\":\"\"}|401|unauthenticated",
                "{\"key\":\"secret-of-alice\\r\\n\"}|401|unauthenticated",
                "{\"key\":\"secret-of-alice\\u0000\"}|401|unauthenticated",
                "{}|400|malformed-request",
                "{\"key\":null}|400|malformed-request",
                "{\"key\":[\"secret-of-alice\"]}|400|malformed-request",
                "{\"key\":\"secret-of-alice\",\"forEver\":true}|400|malformed-request",
                "null|400|malformed-request",
                "secret-of-alice|400|malformed-request"
            })
    void invalidKeyGetsNoCookie(String body, int status, String slug) {
        Response response = master.alice().withoutKey().post("/session", body);

        response.problem(status, slug);
        assertThat(response.header("Set-Cookie")).isEmpty();
    }

    @Test
    void signInBodyIsBounded() {
        signIn("x".repeat(64 * 1024)).problem(413, "payload-too-large");
        master.alice()
                .withoutKey()
                .post("/session", "text/plain", "{\"key\":\"secret-of-alice\"}")
                .problem(415, "unsupported-media-type");
        master.alice().get("/session").problem(405, "method-not-allowed");
    }

    @Test
    void auditListsSignInAndSignOut() {
        String cookie = cookie(signIn("secret-of-bob").expect(200));
        with(cookie).delete("/session").expect(204);

        for (String action : List.of("sign-in", "sign-out")) {
            Await.until(
                    action,
                    () -> !master.admin()
                            .get("/audit?who=bob&action=" + action)
                            .json()
                            .path("items")
                            .isEmpty());
        }
        assertThat(master.admin().get("/audit?limit=1000").text()).doesNotContain(cookie.substring(COOKIE.length()));
        assertThat(master.tail()).doesNotContain(cookie.substring(COOKIE.length()));
    }
}
