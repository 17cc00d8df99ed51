package io.minimalcluster.master.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.web.RawRequest;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A master below a path, behind a proxy. */
class TrustedProxyFilterTest {
    @TempDir
    static Path data;

    @TempDir
    static Path otherData;

    static RunningMaster master;
    static RunningMaster trustingNone;

    @BeforeAll
    static void start() {
        master = RunningMaster.start(
                data, "--server.servlet.context-path=/mc", "--minimalcluster.trusted-proxies=10.0.0.0/8, 127.0.0.1");
        trustingNone = RunningMaster.start(otherData);
    }

    @AfterAll
    static void stop() {
        master.close();
        trustingNone.close();
    }

    private static RawRequest seen() throws IOException {
        return master.authorized("GET", "/mc/api/v1/functions");
    }

    @Test
    void callsAndOpenPagesAreBelowTheContextPath() throws IOException {
        assertThat(seen().send().body()).isEqualTo("127.0.0.1 false /mc/x");
        master.call("GET", "/mc/api/v1/functions").send().isProblem(401, "unauthenticated");
        assertThat(master.call("GET", "/mc/problems").send().status()).isEqualTo(200);
        assertThat(master.call("GET", "/api/v1/functions").send().status()).isIn(401, 404);
        assertThat(master.authorized("POST", "/mc/api/v1/jobs")
                        .body("application/x-ndjson", "1")
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7                  | 192.0.2.7",
                "203.0.113.1, 192.0.2.7     | 192.0.2.7",
                "192.0.2.7, 10.1.2.3        | 192.0.2.7",
                "2001:db8::7                | 2001:db8::7",
                "no address                 | 127.0.0.1",
                "192.0.2.7, <script>        | 127.0.0.1",
            })
    void callerIsTheLastAddressThatIsNoProxy(String forwarded, String caller) throws IOException {
        assertThat(seen().header("X-Forwarded-For", forwarded).send().body()).isEqualTo(caller + " false /mc/x");
    }

    @Test
    void schemeAndPrefixAreThoseOfTheProxy() throws IOException {
        assertThat(seen().header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Prefix", "/apps/one/")
                        .send()
                        .body())
                .isEqualTo("127.0.0.1 true /apps/one/mc/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/a/../b c", "/<script>", "x"})
    void invalidPrefixIsIgnored(String prefix) throws IOException {
        assertThat(seen().header("X-Forwarded-Prefix", prefix).send().body()).isEqualTo("127.0.0.1 false /mc/x");
    }

    @Test
    void headersOfOthersAreIgnored() throws IOException {
        assertThat(trustingNone
                        .authorized("GET", "/api/v1/functions")
                        .header("X-Forwarded-For", "192.0.2.7")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Prefix", "/apps")
                        .send()
                        .body())
                .isEqualTo("127.0.0.1 false /x");
    }

    @Test
    void invalidProxyIsReportedAtStart(@TempDir Path folder) {
        assertThatThrownBy(() -> RunningMaster.start(folder, "--minimalcluster.trusted-proxies=10.0.0.0/99"))
                .hasStackTraceContaining("minimalcluster.trusted-proxies has '10.0.0.0/99'");
    }
}
