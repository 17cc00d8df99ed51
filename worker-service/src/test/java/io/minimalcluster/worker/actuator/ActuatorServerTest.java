package io.minimalcluster.worker.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.worker.master.AuthKey;
import io.minimalcluster.worker.master.KeySource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the HTTP endpoints of the worker process. */
class ActuatorServerTest {
    private static final String KEY = "the-key-of-the-worker";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ActuatorServer server = bind(0);
    private WorkerHealth health = new WorkerHealth(true, true, false);

    private static ActuatorServer bind(int port) {
        try {
            return ActuatorServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void serve() {
        server.serve(KeySource.given(AuthKey.of(KEY)), new ActuatorContent(() -> health, () -> 3, "1.0"));
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 200, UP",
        "true, false, 503, OUT_OF_SERVICE",
        "false, true, 503, DOWN",
        "false, false, 503, DOWN",
    })
    void healthNeedsAMasterAndFitExecutors(boolean connected, boolean fit, int status, String text) throws Exception {
        health = new WorkerHealth(connected, fit, false);

        HttpResponse<String> response = send("GET", "/actuator/health", "");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"status\":\"" + text + "\"}");
        assertThat(send("GET", "/actuator/health/liveness", "").statusCode()).isEqualTo(200);
    }

    @Test
    void drainingWorkerIsAliveAndNotReady() throws Exception {
        assertThat(send("GET", "/actuator/health/readiness", "").statusCode()).isEqualTo(200);
        health = new WorkerHealth(true, true, true);

        assertThat(send("GET", "/actuator/health/readiness", "").statusCode()).isEqualTo(503);
        assertThat(send("GET", "/actuator/health/liveness", "").statusCode()).isEqualTo(200);
    }

    @Test
    void infoAndMetricsNeedTheKey() throws Exception {
        assertThat(send("GET", "/actuator/info", KEY).body()).isEqualTo("{\"build\":{\"version\":\"1.0\"}}");
        assertThat(send("GET", "/actuator/metrics", KEY).body()).contains("\"executors\"", "\"jvm.memory.used\"");
        assertThat(send("GET", "/actuator/metrics/executors", KEY).body()).contains("\"value\":3.0");
        assertThat(send("GET", "/actuator/metrics/no-metric", KEY).statusCode()).isEqualTo(404);
        assertThat(send("GET", "/actuator/metrics", "wrong").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/actuator", "/actuator/info", "/actuator/healthy", "/actuator/nothing"})
    void pathsOtherThanHealthNeedTheKey(String path) throws Exception {
        HttpResponse<String> refused = send("GET", path, "");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void unreadableKeyRefusesAllKeys() throws Exception {
        try (ActuatorServer other = bind(0)) {
            other.serve(KeySource.file(Path.of("no-such-file")), new ActuatorContent(() -> health, () -> 3, "1.0"));
            assertThat(send(other, "GET", "/actuator/info", KEY).statusCode()).isEqualTo(401);
            assertThat(send(other, "GET", "/actuator/health", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void writingCallsAreRefused() throws Exception {
        assertThat(send("POST", "/actuator/health", "").statusCode()).isEqualTo(405);
        HttpResponse<String> head = send("HEAD", "/actuator/health", "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void portInUseIsNamed() {
        InetSocketAddress used = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        assertThatThrownBy(() -> ActuatorServer.bind(used))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
    }

    private HttpResponse<String> send(String method, String path, String key) throws Exception {
        return send(server, method, path, key);
    }

    private HttpResponse<String> send(ActuatorServer to, String method, String path, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                .method(method, BodyPublishers.noBody());
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
