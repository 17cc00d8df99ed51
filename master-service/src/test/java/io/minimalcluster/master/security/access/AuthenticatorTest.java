package io.minimalcluster.master.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.RawResponse;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuthenticatorTest {
    private static final String CLIENT_PATH = "/api/v1/environments";

    @TempDir
    static Path data;

    static RunningMaster master;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(data);
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void keyCreatedAtTheFirstStartHasAllRoles() throws IOException {
        RawResponse response = master.authorized("GET", CLIENT_PATH).send();
        assertThat(response.body()).isEqualTo("authkey [CLIENT, WORKER, OBSERVER, ADMIN]");
        assertThat(master.authkey()).matches("[0-9a-f]{64}").isNotEqualTo(master.workerKey());
    }

    @Test
    void schemeIsCaseInsensitive() throws IOException {
        assertThat(master.call("GET", CLIENT_PATH)
                        .header("authorization", "bEaReR " + master.authkey())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    static Stream<String> invalidAuthorizationIsUnauthenticated() throws IOException {
        String key = master.authkey();
        String basic = Base64.getEncoder().encodeToString(("user:" + key).getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer wrong",
                "Bearer  " + key,
                "Bearer\t" + key,
                "Bearer " + key + "x",
                "Bearer " + key.substring(1),
                "Bearer " + key.toUpperCase(Locale.ROOT) + "A",
                "Bearer " + key + " " + key,
                "Bearer " + key + "," + key,
                "Bearer " + key + "\u00e4",
                "Bearer \"" + key + "\"",
                "Bearer:" + key,
                "Basic " + basic,
                "Basic " + key,
                "Digest " + key,
                "Token " + key,
                key,
                "Bearer " + "x".repeat(7_000),
                "Bearer " + key + "\r\n folded");
    }

    @ParameterizedTest
    @MethodSource
    void invalidAuthorizationIsUnauthenticated(String authorization) throws IOException {
        RawResponse response = master.call("GET", CLIENT_PATH)
                .header("Authorization", authorization)
                .send();
        if (response.status() == 400 && authorization.contains("folded")) {
            return; // Tomcat may reject a folded header itself
        }
        response.isProblem(401, "unauthenticated");
        assertThat(response.body()).isEqualTo(withoutKey().body());
        assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void repeatedAuthorizationHeaderIsUnauthenticated() throws IOException {
        master.authorized("GET", CLIENT_PATH).key(master.authkey()).send().isProblem(401, "unauthenticated");
    }

    @Test
    void keyInTheQueryOrACookieIsIgnored() throws IOException {
        String key = master.authkey();
        master.call("GET", CLIENT_PATH + "?access_token=" + key + "&authkey=" + key)
                .header("Cookie", "mc_session=" + key)
                .header("X-Authorization", "Bearer " + key)
                .send()
                .isProblem(401, "unauthenticated");
    }

    @Test
    void keyAbove64KilobytesIsRejected() throws IOException {
        assertThat(master.call("GET", CLIENT_PATH)
                        .key("x".repeat(65_536))
                        .send()
                        .status())
                .isIn(401, 431);
    }

    @Test
    void nulInTheHeaderIsRejected() throws IOException {
        assertThat(master.call("GET", CLIENT_PATH)
                        .key(master.authkey() + "\u0000")
                        .send()
                        .status())
                .isIn(400, 401);
    }

    @Test
    void workerKeyAllowsWorkerEndpointsOnly() throws IOException {
        master.call("GET", CLIENT_PATH).key(master.workerKey()).send().isProblem(403, "forbidden");
        assertThat(master.call("GET", "/api/v1/environments/env-1/bundle")
                        .key(master.workerKey())
                        .send()
                        .body())
                .isEqualTo("env-1");
    }

    private static RawResponse withoutKey() throws IOException {
        return master.call("GET", CLIENT_PATH).send();
    }
}
