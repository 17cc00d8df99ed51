package io.minimalcluster.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.chaos.proxy.NetworkFault.Bandwidth;
import io.minimalcluster.chaos.proxy.NetworkFault.BlackHole;
import io.minimalcluster.chaos.proxy.NetworkFault.Latency;
import io.minimalcluster.chaos.proxy.NetworkFault.Partition;
import io.minimalcluster.chaos.proxy.NetworkFault.Reset;
import io.minimalcluster.chaos.proxy.NetworkFault.Slicer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ChaosProxyTest {
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final EchoServer target = new EchoServer();
    private final ChaosProxy proxy = ChaosProxy.to(target.url(), 1);

    @AfterEach
    void close() {
        proxy.close();
        target.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.url().getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private String awaitReceived() throws InterruptedException {
        return new String(target.awaitReceived(), StandardCharsets.US_ASCII);
    }

    /** Asserts that no byte arrives for a moment and the connection stays open. */
    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout((int) MOMENT.toMillis());
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    /** Asserts that the connection is reset, perhaps after an echo of what was forwarded before. */
    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void proxyWithoutFaultsForwardsEverything() throws IOException {
        try (Socket socket = connect()) {
            for (String text : Stream.of("one", "another", "x".repeat(100_000)).toList()) {
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                    try {
                        send(socket, text);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                assertThat(read(socket, text.length())).isEqualTo(text);
                sent.join();
            }
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void endOfStreamIsForwarded() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "bye");
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("bye");
        }
    }

    @Test
    void unreachableTargetCausesAReset() throws IOException {
        try (ChaosProxy unreachable = ChaosProxy.to(URI.create("http://127.0.0.1:1"), 1);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), unreachable.url().getPort())) {
            assertReset(socket);
        }
    }

    @Test
    void latencyDelaysBothDirections() throws IOException {
        proxy.inject(new Latency(Duration.ofMillis(150), Duration.ZERO));
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            send(socket, "slow");
            assertThat(read(socket, 4)).isEqualTo("slow");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
        }
    }

    @Test
    void jitterFollowsTheSeedAndKeepsItsBounds() {
        Latency latency = new Latency(Duration.ofSeconds(2), Duration.ofSeconds(2));
        SplittableRandom one = new SplittableRandom(7);
        SplittableRandom same = new SplittableRandom(7);
        assertThat(Stream.generate(() -> latency.next(one)).limit(100))
                .containsExactlyElementsOf(
                        Stream.generate(() -> latency.next(same)).limit(100).toList())
                .doesNotHaveDuplicates()
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(4)));
    }

    @Test
    void blackHoleDiscardsBytesAndThenResetsConnections() throws IOException {
        try (Socket before = connect()) {
            send(before, "here");
            assertThat(read(before, 4)).isEqualTo("here");
            target.received();

            proxy.inject(new BlackHole());
            try (Socket during = connect()) {
                send(before, "lost");
                send(during, "lost");
                assertSilent(before);
                assertSilent(during);
                assertThat(target.received()).isNull();

                proxy.heal();
                assertReset(before);
                assertReset(during);
            }
        }
        try (Socket after = connect()) {
            send(after, "back");
            assertThat(read(after, 4)).isEqualTo("back");
        }
    }

    @Test
    void partitionDelaysOneDirectionWithoutLoss() throws Exception {
        proxy.inject(new Partition(Direction.FROM_TARGET));
        try (Socket socket = connect()) {
            send(socket, "asked");
            assertThat(awaitReceived()).isEqualTo("asked");
            assertSilent(socket);

            proxy.inject(new Partition(Direction.TO_TARGET));
            assertThat(read(socket, 5)).isEqualTo("asked");
            send(socket, "again");
            assertSilent(socket);
            assertThat(target.received()).isNull();

            proxy.heal();
            assertThat(read(socket, 5)).isEqualTo("again");
        }
    }

    @Test
    void resetOccursWithinTheBody() throws Exception {
        proxy.inject(new Reset(Direction.TO_TARGET, 3));
        try (Socket socket = connect()) {
            send(socket, "abcdef");
            assertReset(socket);
            assertThat(awaitReceived()).isEqualTo("abc");
        }
    }

    @Test
    void allConnectionsCanBeResetAtOnce() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "here");
            assertThat(read(socket, 4)).isEqualTo("here");
            proxy.resetAll();
            assertReset(socket);
        }
    }

    @Test
    void slicerSendsOneByteAtATime() throws Exception {
        proxy.inject(new Slicer(1, Duration.ofMillis(20)));
        try (Socket socket = connect()) {
            send(socket, "sliced");
            assertThat(read(socket, 6)).isEqualTo("sliced");
            assertThat(target.awaitReceived()).hasSizeLessThan(6);
        }
    }

    @Test
    void bandwidthLimitsTheRate() throws IOException {
        proxy.inject(new Bandwidth(10_000));
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            send(socket, "x".repeat(3_000));
            read(socket, 3_000);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000L);
        }
    }

    @Test
    void responseToTheNextMatchingRequestIsLost() throws Exception {
        CompletableFuture<Void> lost = proxy.loseNextAnswer("/poll");
        try (Socket other = connect();
                Socket poll = connect();
                Socket again = connect()) {
            send(other, "POST /heartbeat\r\n");
            assertThat(read(other, 17)).isEqualTo("POST /heartbeat\r\n");
            assertThat(awaitReceived()).startsWith("POST /heartbeat");
            assertThat(lost).isNotDone();

            send(poll, "POST /poll\r\n");
            assertReset(poll);
            lost.join();
            assertThat(awaitReceived()).startsWith("POST /poll");

            send(again, "POST /poll\r\n");
            assertThat(read(again, 12)).isEqualTo("POST /poll\r\n");
        }
    }

    @Test
    void healedProxyDropsNoResponses() throws IOException {
        CompletableFuture<Void> lost = proxy.loseNextAnswer("/poll");
        proxy.heal();
        assertThat(lost).isCancelled();
        try (Socket socket = connect()) {
            send(socket, "POST /poll\r\n");
            assertThat(read(socket, 12)).isEqualTo("POST /poll\r\n");
        }
    }
}
