package io.minimalcluster.chaos.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on the loopback interface with injectable faults. Faults affect open and new connections. An unreachable
 * target causes a reset.
 *
 * <pre>{@code
 * try (ChaosProxy proxy = ChaosProxy.to(master, 42)) {
 *     startWorker(proxy.url());
 *     proxy.inject(new Latency(Duration.ofSeconds(2), Duration.ofSeconds(2)));
 *     proxy.heal();
 *     proxy.loseNextAnswer("/poll").join(); // completes when the response is dropped
 * }
 * }</pre>
 */
public final class ChaosProxy implements AutoCloseable {
    private final URI target;
    private final ServerSocket listening;
    private final SplittableRandom random; // used only by the accepting thread
    private final ActiveFaults activeFaults = new ActiveFaults();
    private final DroppedResponses losses = new DroppedResponses();
    private final Set<ProxyConnection> openConnections = ConcurrentHashMap.newKeySet();

    private ChaosProxy(URI target, ServerSocket listening, long seed) {
        this.target = target;
        this.listening = listening;
        this.random = new SplittableRandom(seed);
    }

    /**
     * A proxy without faults.
     *
     * @param seed determines the random decisions of the proxy
     */
    public static ChaosProxy to(URI target, long seed) {
        try {
            ServerSocket listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
            ChaosProxy proxy = new ChaosProxy(target, listening, seed);
            Thread.ofVirtual().name("chaos-accept").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL of the proxy, to be used instead of that of the target. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Replaces the active faults. */
    public void inject(NetworkFault... faults) {
        activeFaults.change(List.of(faults));
        if (!activeFaults.now().has(new NetworkFault.BlackHole())) {
            openConnections.stream().filter(ProxyConnection::hasDiscardedBytes).forEach(ProxyConnection::reset);
        }
    }

    /** Removes all faults and cancels pending drops of responses. */
    public void heal() {
        losses.cancelAll();
        inject();
    }

    /** Resets all open connections. */
    public void resetAll() {
        openConnections.forEach(ProxyConnection::reset);
    }

    /**
     * Resets the connection of the next request with this text in its first line, at the first byte of the response.
     * The request has then been processed, and its caller cannot know.
     *
     * @return completed after the reset; cancelled if the proxy is healed earlier
     */
    public CompletableFuture<Void> loseNextAnswer(String requestText) {
        return losses.add(requestText);
    }

    /** The number of open connections. */
    public int connections() {
        return openConnections.size();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal(); // wakes threads that delay bytes
        resetAll();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                SplittableRandom there = random.split();
                SplittableRandom back = random.split();
                Thread.ofVirtual().name("chaos-connection").start(() -> connect(caller, there, back));
            } catch (IOException e) {
                // closed, or out of descriptors; the caller notices both
            }
        }
    }

    private void connect(Socket caller, SplittableRandom there, SplittableRandom back) {
        Socket reached = new Socket();
        try {
            reached.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            ProxyConnection connection = new ProxyConnection(caller, reached);
            openConnections.add(connection);
            Thread answers = Thread.ofVirtual()
                    .name("chaos-answers")
                    .start(() -> forward(
                            connection,
                            new ByteForwarder(connection, Direction.FROM_TARGET, activeFaults, losses, back)));
            forward(connection, new ByteForwarder(connection, Direction.TO_TARGET, activeFaults, losses, there));
            answers.join();
            openConnections.remove(connection);
            connection.close();
        } catch (IOException e) {
            ProxyConnection.reset(caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ProxyConnection.reset(caller);
            ProxyConnection.reset(reached);
        }
    }

    /** Forwards one direction; an error resets both sides. */
    private void forward(ProxyConnection connection, ByteForwarder forwarder) {
        try {
            forwarder.run();
        } catch (IOException e) {
            connection.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.reset();
        }
    }
}
