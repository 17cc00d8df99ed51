package io.minimalcluster.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.web.RunningMaster;
import io.minimalcluster.worker.settings.HostName;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class StartupTest {
    @TempDir
    Path data;

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void plainTextOutsideLoopbackStopsTheStartWithOneLogLine(CapturedOutput output) {
        assertThatThrownBy(() -> RunningMaster.start(data, "--server.address=0.0.0.0"))
                .hasRootCauseInstanceOf(StartupException.class);
        assertThat(output.getAll().lines().filter(line -> line.contains("event=master.not-started")))
                .singleElement()
                .asString()
                .contains("minimalcluster.allow-plaintext=true");
        assertThat(output).doesNotContain("\tat ", "APPLICATION FAILED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "body-idle-timeout=2h|minimalcluster.limits.body-idle-timeout must be between 0.1s and 1h, but is 2h",
                "request-bytes=lots|minimalcluster.limits.request-bytes: 'lots' is no size"
            })
    @ExtendWith(OutputCaptureExtension.class)
    void invalidSettingStopsTheStartWithOneLogLine(String setting, String reason, CapturedOutput output) {
        assertThatThrownBy(() -> RunningMaster.start(data, "--minimalcluster.limits." + setting));
        assertThat(output.getAll().lines().filter(line -> line.contains("event=master.not-started")))
                .singleElement()
                .asString()
                .contains(reason);
        assertThat(output).doesNotContain("\tat ", "APPLICATION FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::", "192.0.2.1"})
    void addressOtherThanLoopbackIsRejected(String address) {
        assertThatThrownBy(() -> RunningMaster.start(data, "--server.address=" + address))
                .hasRootCauseInstanceOf(StartupException.class);
    }

    @Test
    void startupFailureHasExitCodeTwo() {
        assertThat(new StartupException("reason").getExitCode()).isEqualTo(2);
    }

    @Test
    void otherInterfaceAcceptsOnlyHostsThatNobodyCanRegister() throws IOException {
        try (RunningMaster master =
                RunningMaster.start(data, "--server.address=0.0.0.0", "--minimalcluster.allow-plaintext=true")) {
            for (String host : new String[] {
                "master",
                "MASTER:8080",
                "10.0.0.7:80",
                "[fe80::1]:8080",
                "master.namespace.svc.cluster.local",
                "a.internal",
                HostName.get()
            }) {
                assertThat(statusFor(master, host)).as(host).isEqualTo(200);
            }
            for (String host : new String[] {"evil.example", "10.0.0.7.evil.example", "local.evil.example", "a.b"}) {
                assertThat(statusFor(master, host)).as(host).isEqualTo(400);
            }
        }
    }

    private static int statusFor(RunningMaster master, String host) throws IOException {
        return master.call("GET", "/problems").header("Host", host).send().status();
    }

    @Test
    void loopbackAcceptsLoopbackHostsOnly() throws IOException {
        try (RunningMaster master = RunningMaster.start(data)) {
            for (String host : new String[] {"localhost", "LOCALHOST:1", "127.0.0.1:80", "127.1.2.3", "[::1]:8080"}) {
                assertThat(master.call("GET", "/problems")
                                .header("Host", host)
                                .send()
                                .status())
                        .as(host)
                        .isEqualTo(200);
            }
            for (String host : new String[] {
                "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost:99999"
            }) {
                master.call("GET", "/problems")
                        .header("Host", host)
                        .header("X-Forwarded-Host", "localhost")
                        .header("Forwarded", "host=localhost")
                        .send()
                        .isProblem(400, "malformed-request");
            }
        }
    }

    @Test
    void allowedHostsAreAccepted() throws IOException {
        try (RunningMaster master = RunningMaster.start(data, "--minimalcluster.allowed-hosts=Master.example,other")) {
            assertThat(master.call("GET", "/problems")
                            .header("Host", "master.EXAMPLE:443")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(master.call("GET", "/problems")
                            .header("Host", "third")
                            .send()
                            .status())
                    .isEqualTo(400);
        }
    }
}
