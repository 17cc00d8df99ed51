package io.minimalcluster.worker.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.PollRequest;
import io.minimalcluster.worker.master.MasterCallException.Busy;
import io.minimalcluster.worker.master.MasterCallException.Refused;
import io.minimalcluster.worker.master.MasterCallException.RequestRejected;
import io.minimalcluster.worker.master.MasterCallException.Unreachable;
import io.minimalcluster.worker.master.ResultPart.ValueBlock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class MasterClientTest {
    private static final String SECRET = "the-secret-key";
    private static final WorkerId WORKER = new WorkerId("worker-1");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final MasterTimeouts TIMEOUTS = new MasterTimeouts(SOON, SOON, SOON, SOON);

    private final List<String> requests = new ArrayList<>();
    private final List<Headers> headers = new ArrayList<>();
    private final List<Integer> clientPorts = new ArrayList<>();
    private final CountDownLatch requestArrived = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private MasterClient client;
    private String answer = "";
    private String header = "X-Nothing: 1";
    private int status = 200;
    private boolean stallsInBody;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
                headers.add(exchange.getRequestHeaders());
                clientPorts.add(exchange.getRemoteAddress().getPort());
                requestArrived.countDown();
                exchange.getResponseHeaders().add(header.split(": ", 2)[0], header.split(": ", 2)[1]);
                byte[] bytes = answer.getBytes(UTF_8);
                exchange.sendResponseHeaders(status, stallsInBody ? bytes.length + 1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.getResponseBody().flush();
                if (stallsInBody) {
                    stopped.await();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        client = client(TIMEOUTS);
    }

    private MasterClient client(MasterTimeouts timeouts) {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new MasterClient(new MasterAddresses(List.of(address)), KeySource.given(AuthKey.of(SECRET)), timeouts);
    }

    @AfterEach
    void stop() {
        client.close();
        stopped.countDown();
        threads.shutdownNow();
        server.stop(0);
    }

    @Test
    void valuesArePostedUnchanged() throws Exception {
        answer = "{\"recorded\":3,\"known\":0}";
        byte[] block = "[1, {\"a\":2}]".getBytes(UTF_8);
        ResultPart results = new ResultPart(
                5,
                3,
                List.of(new ValueBlock(block, 1, block.length - 1), new ValueBlock("null".getBytes(UTF_8), 0, 4)),
                List.of(),
                new long[] {7},
                List.of(new ResultPart.IndexedOutput(6, "hi\n", true)),
                true);
        assertThat(client.results(WORKER, new LeaseId("lease-1"), results).recorded())
                .isEqualTo(3);
        assertThat(requests)
                .containsExactly("POST /api/v1/workers/worker-1/leases/lease-1/results Bearer the-secret-key "
                        + "{\"first\":5,\"count\":3,\"values\":[1, {\"a\":2},null],\"micros\":[7],"
                        + "\"output\":[{\"index\":6,\"text\":\"hi\\n\",\"truncated\":true}],\"done\":true}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, RequestRejected", "401, Refused", "403, Refused", "404, RequestRejected", "408, Unreachable",
        "409, LeaseLost", "410, WorkerUnknown", "413, RequestRejected", "422, Refused", "429, Busy",
        "500, Unreachable", "502, Unreachable", "503, Busy", "507, Busy", "302, Unreachable"
    })
    void statusDeterminesTheException(int code, String type) {
        status = code;
        header = "Retry-After: 7";
        answer = "{\"type\":\"/problems/x\",\"title\":\"T\",\"detail\":\"as\\nplanned\",\"more\":{}}";
        assertThatExceptionOfType(MasterCallException.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON))
                .withMessageContaining("answered " + code + ", as planned")
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type))
                .satisfies(e -> {
                    if (e instanceof Busy busy) {
                        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                    }
                });
    }

    @Test
    void rejectionNamesTheEndOfTheLease() {
        status = 400;
        answer = "{\"type\":\"/problems/malformed-request\",\"detail\":\"beyond its lease\",\"end\":120}";
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> client.results(WORKER, new LeaseId("lease-1"), ResultPart.nothingMore(0)))
                .satisfies(refused -> assertThat(refused.leaseEnd()).hasValue(120));
        answer = "{\"type\":\"/problems/malformed-request\",\"detail\":\"no JSON\"}";
        assertThatExceptionOfType(RequestRejected.class)
                .isThrownBy(() -> client.results(WORKER, new LeaseId("lease-1"), ResultPart.nothingMore(0)))
                .satisfies(refused -> assertThat(refused.leaseEnd()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After: Wed, 21 Oct 2026 07:28:00 GMT", "Retry-After: -3", "Retry-After: x"})
    void invalidRetryAfterIsIgnored(String given) {
        status = 503;
        header = given;
        answer = "<html>";
        assertThatExceptionOfType(Busy.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON))
                .satisfies(busy -> assertThat(busy.retryAfter()).isZero());
    }

    @Test
    void timeoutCoversTheBody() {
        stallsInBody = true;
        answer = "{";
        assertThatExceptionOfType(Unreachable.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), Duration.ofMillis(300)))
                .withMessageContaining("no response within 300 ms");
    }

    @Test
    void requestsHaveThePlainFormOfTheMaster() throws Exception {
        answer = "{}";
        client.poll(WORKER, new PollRequest("p", 1, List.of()), Duration.ZERO);
        answer = "{\"recorded\":0,\"known\":0}";
        client.results(WORKER, new LeaseId("lease-1"), ResultPart.nothingMore(0));
        client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON);
        assertThat(headers).hasSize(3).allSatisfy(sent -> {
            assertThat(sent.get("Content-Type")).containsExactly("application/json");
            assertThat(sent.getFirst("Accept")).startsWith("application/json,");
            assertThat(sent).doesNotContainKeys("Upgrade", "Transfer-encoding", "Accept-encoding", "Expect");
        });
    }

    @Test
    void callsShareAConnection() throws Exception {
        for (int i = 0; i < 3; i++) {
            client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON);
        }
        assertThat(clientPorts).hasSize(3).containsOnly(clientPorts.getFirst());
        status = 503;
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(Busy.class)
                    .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON));
        }
        assertThat(clientPorts).hasSize(5).containsOnly(clientPorts.getFirst());
    }

    @Test
    @Timeout(60)
    void rejectionBeforeTheEndOfTheBodyIsRead() throws Exception {
        byte[] value = new byte[32 * 1024 * 1024];
        Arrays.fill(value, (byte) '1');
        ResultPart results = new ResultPart(
                0, 1, List.of(new ValueBlock(value, 0, value.length)), List.of(), new long[0], List.of(), true);
        try (ServerSocket early = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var _ = threads.submit(() -> {
                try (Socket socket = early.accept()) {
                    socket.getInputStream().readNBytes(1000);
                    socket.getOutputStream()
                            .write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
                                    .getBytes(UTF_8));
                    socket.getInputStream().readNBytes(2 * 1024 * 1024); // as Tomcat does, before it closes
                }
                return null;
            });
            URI address = URI.create("http://127.0.0.1:" + early.getLocalPort());
            try (MasterClient other = new MasterClient(
                    new MasterAddresses(List.of(address)), KeySource.given(AuthKey.of(SECRET)), TIMEOUTS)) {
                assertThatExceptionOfType(RequestRejected.class)
                        .isThrownBy(() -> other.results(WORKER, new LeaseId("lease-1"), results))
                        .withMessageContaining("answered 413");
            }
        }
    }

    @Test
    void interruptAbortsTheCall() throws Exception {
        stallsInBody = true;
        answer = "{";
        Thread caller = Thread.currentThread();
        var _ = threads.submit(() -> {
            requestArrived.await();
            caller.interrupt();
            return null;
        });
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON));
    }

    @Test
    void responseSizeIsLimited() {
        answer = "x".repeat(300 * 1024);
        assertThatExceptionOfType(Unreachable.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON))
                .withMessageContaining("a response of more than");
    }

    /** The rest of the body may never arrive. */
    @Test
    void oversizedResponseIsNotReadToItsEnd() {
        stallsInBody = true;
        answer = "x".repeat(300 * 1024);
        assertThatExceptionOfType(Unreachable.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON))
                .withMessageContaining("a response of more than");
    }

    @Test
    void stalledDownloadIsNotADiskFailure() {
        stallsInBody = true;
        answer = "bytes";
        MasterTimeouts hurried = new MasterTimeouts(SOON, SOON, Duration.ofMillis(300), SOON);
        try (MasterClient hasty = client(hurried)) {
            assertThatExceptionOfType(Unreachable.class)
                    .isThrownBy(() -> hasty.bundle(new EnvironmentId("env-1"), folder.resolve("b.jar")))
                    .withMessageContaining("no response within 300 ms");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void callAfterTheCloseIsUnreachable() {
        client.close();
        assertThatExceptionOfType(Unreachable.class)
                .isThrownBy(() -> client.heartbeat(WORKER, new Heartbeat(List.of(), null), SOON))
                .withMessageContaining("the worker is ending");
    }

    @Test
    void invalidResponseCountsAsUnreachable() {
        answer = "<html>hello</html>";
        assertThatExceptionOfType(Unreachable.class)
                .isThrownBy(() -> client.poll(WORKER, new PollRequest("p", 1, List.of()), Duration.ZERO));
    }

    @Test
    void bundleWithAWrongDigestIsRejected() throws Exception {
        answer = "bytes";
        header = "ETag: \"277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9\"";
        Path file = folder.resolve("b.jar");
        client.bundle(new EnvironmentId("env-1"), file);
        assertThat(file).hasContent("bytes");
        header = "ETag: \"00\"";
        assertThatIOException()
                .isThrownBy(() -> client.bundle(new EnvironmentId("env-2"), folder.resolve("c.jar")))
                .withMessageContaining("digest");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void unwritableFileIsNotACallFailure() {
        answer = "bytes";
        Path inMissingFolder = folder.resolve("nowhere").resolve("b.jar");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> client.bundle(new EnvironmentId("env-1"), inMissingFolder));
    }

    @Test
    void keyNeverAppearsInMessages() {
        server.stop(0);
        assertThatExceptionOfType(Unreachable.class)
                .isThrownBy(() -> client.leave(WORKER, SOON))
                .satisfies(e -> assertThat(e.toString()).doesNotContain(SECRET));
        assertThat(AuthKey.of(SECRET)).asString().doesNotContain(SECRET);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthKey.of(SECRET + "\r\nX: y"))
                .withMessageNotContaining(SECRET);
    }

    @Test
    void keyFileIsReadAgainAfterAChange() throws Exception {
        Path file = folder.resolve("key");
        KeySource key = KeySource.file(file);
        assertThatExceptionOfType(Refused.class).isThrownBy(key::get).withMessageContaining("key");
        Files.writeString(file, "one\n");
        assertThat(key.get().matches("one")).isTrue();
        Files.writeString(file, "two\n");
        assertThat(key.get().matches("one")).isTrue();
        assertThat(key.mayHaveChanged()).isTrue();
        assertThat(key.get().matches("two")).isTrue();
        assertThat(KeySource.given(AuthKey.of("x")).mayHaveChanged()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "http://u:p@a", "/x", "http://a?b=c", "mailto:x"})
    void invalidAddressIsRejected(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> new MasterAddresses(List.of(URI.create(address))));
    }
}
