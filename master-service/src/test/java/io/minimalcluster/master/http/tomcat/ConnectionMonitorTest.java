package io.minimalcluster.master.http.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.web.DisconnectProbe;
import io.minimalcluster.web.RunningMaster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Detection of a client that disconnects during its request; other connections stay unaffected. */
@Timeout(120)
class ConnectionMonitorTest {
    @TempDir
    Path data;

    @Test
    void disconnectIsDetectedBeforeTheResponse() throws Exception {
        try (RunningMaster master = RunningMaster.start(data);
                Socket other = new Socket(InetAddress.getLoopbackAddress(), master.port())) {
            DisconnectProbe calls = master.bean(DisconnectProbe.class);
            try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), master.port())) {
                caller.getOutputStream().write(poll(master).getBytes(StandardCharsets.US_ASCII));
                assertThat(calls.closedAtStart().get(60, TimeUnit.SECONDS)).isFalse();
                assertThat(calls.disconnected()).isNotDone();
            }
            assertThat(calls.disconnected().get(60, TimeUnit.SECONDS)).isEqualTo("{}");
            assertThat(other.isConnected()).isTrue();
        }
    }

    private static String poll(RunningMaster master) throws IOException {
        return """
                POST /api/v1/workers/worker-1/poll HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: 2\r
                \r
                {}""".formatted(master.workerKey());
    }
}
