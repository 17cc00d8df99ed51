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
 * A TCP proxy on the loopback interface that can be told to misbehave. Faults concern the connections that are open as
 * well as those to come. A target that is not there is met by the caller as a reset.
 *
 * <pre>{@code
 * try (ChaosProxy proxy = ChaosProxy.to(master, 42)) {
 *     startWorker(proxy.url());
 *     proxy.inject(new Latency(Duration.ofSeconds(2), Duration.ofSeconds(2)));
 *     proxy.heal();
 *     proxy.loseNextAnswer("/poll").join(); // comes back when it happened
 * }
 * }</pre>
 */
public final class ChaosProxy implements AutoCloseable {
    private final URI target;
    private final ServerSocket listening;
    private final SplittableRandom random; // used by the accepting thread alone
    private final ActiveFaults activeFaults = new ActiveFaults();
    private final DroppedResponses losses = new DroppedResponses();
    private final Set<ProxyConnection> links = ConcurrentHashMap.newKeySet();

    private ChaosProxy(URI target, ServerSocket listening, long seed) {
        this.target = target;
        this.listening = listening;
        this.random = new SplittableRandom(seed);
    }

    /** A proxy that behaves until it is told otherwise; the seed decides what chance decides in it. */
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

    /** Where it listens; to be used in place of the target's address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** From now on there are these faults, all of them at once, and no others. */
    public void inject(NetworkFault... faults) {
        activeFaults.change(List.of(faults));
        if (!activeFaults.now().has(new NetworkFault.BlackHole())) {
            links.stream().filter(ProxyConnection::hasLostBytes).forEach(ProxyConnection::reset);
        }
    }

    /** From now on there is no fault, and no answer will be lost. */
    public void heal() {
        losses.forget();
        inject();
    }

    /** Resets all connections that are open. */
    public void resetAll() {
        links.forEach(ProxyConnection::reset);
    }

    /**
     * Lets the next request whose first line contains these words through and resets its connection when the first byte
     * of its answer comes: it was done, and who asked cannot know.
     *
     * @return done when that has happened; cancelled if the proxy is healed before
     */
    public CompletableFuture<Void> loseNextAnswer(String words) {
        return losses.order(words);
    }

    /** How many connections are open. */
    public int connections() {
        return links.size();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal(); // wakes those who hold something back
        resetAll();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                SplittableRandom there = random.split();
                SplittableRandom back = random.split();
                Thread.ofVirtual().name("chaos-link").start(() -> connect(caller, there, back));
            } catch (IOException e) {
                // closed, or out of descriptors: in either case whoever called sees it
            }
        }
    }

    private void connect(Socket caller, SplittableRandom there, SplittableRandom back) {
        Socket reached = new Socket();
        try {
            reached.connect(new InetSocketAddress(target.getHost(), target.getPort()));
            ProxyConnection connection = new ProxyConnection(caller, reached);
            links.add(connection);
            Thread answers = Thread.ofVirtual()
                    .name("chaos-answers")
                    .start(() -> carry(
                            connection,
                            new ByteForwarder(connection, Direction.FROM_TARGET, activeFaults, losses, back)));
            carry(connection, new ByteForwarder(connection, Direction.TO_TARGET, activeFaults, losses, there));
            answers.join();
            links.remove(connection);
            connection.close();
        } catch (IOException e) {
            ProxyConnection.reset(caller);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ProxyConnection.reset(caller);
            ProxyConnection.reset(reached);
        }
    }

    /** What breaks on one side is broken on the other. */
    private void carry(ProxyConnection connection, ByteForwarder pump) {
        try {
            pump.run();
        } catch (IOException e) {
            connection.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.reset();
        }
    }
}
