package io.minimalcluster.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.minimalcluster.chaos.load.SingleCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PollProbeTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    private final List<String> called = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>(); // statuses of polls; then 204
    private HttpServer master;
    private SingleCalls calls;
    private int workers;

    @BeforeEach
    void start() throws IOException {
        master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        master.createContext("/api/v1/workers", this::answer);
        master.start();
        calls = new SingleCalls(
                URI.create("http://127.0.0.1:" + master.getAddress().getPort()), "key");
    }

    @AfterEach
    void stop() {
        calls.close();
        master.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/v1".length());
        called.add(path);
        exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/poll")) {
            exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.removeFirst(), -1);
        } else {
            byte[] worker = "{\"workerId\":\"w-%d\"}".formatted(++workers).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(201, worker.length);
            exchange.getResponseBody().write(worker);
        }
        exchange.close();
    }

    @Test
    void pollsUntilTheMasterAnswers() {
        answers.addAll(List.of(503, 500, 503));

        assertThat(new PollProbe(calls).awaitAnswer(LONG)).isTrue();

        assertThat(called).hasSize(5).last().isEqualTo("/workers/w-1/poll");
    }

    @Test
    void registersAgainAfterRemovalByTheMaster() {
        answers.add(410);

        assertThat(new PollProbe(calls).awaitAnswer(LONG)).isTrue();

        assertThat(called).containsExactly("/workers", "/workers/w-1/poll", "/workers", "/workers/w-2/poll");
    }

    @Test
    void stopsAfterTheTimeout() {
        PollProbe probe = new PollProbe(calls);
        master.stop(0);

        assertThat(probe.awaitAnswer(Duration.ofMillis(50))).isFalse();
    }
}
