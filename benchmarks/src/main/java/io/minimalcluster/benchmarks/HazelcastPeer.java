package io.minimalcluster.benchmarks;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import io.minimalcluster.benchmarks.HazelcastTasks.Factors;
import io.minimalcluster.benchmarks.HazelcastTasks.Length;
import io.minimalcluster.benchmarks.HazelcastTasks.PiChunk;
import io.minimalcluster.benchmarks.HazelcastTasks.Same;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Hazelcast with two members in memory, and all classes on their class path. Pi is cut into chunks by hand. */
final class HazelcastPeer implements Peer {
    private static final int MEMBERS = 2;
    private static final int CHUNKS = 8;
    private static final long CONNECT_MILLIS = TimeUnit.MINUTES.toMillis(2);
    private static final long MEMBER_POLL_MILLIS = 20;

    private final List<Process> members = new ArrayList<>();
    private final HazelcastInstance client;

    private HazelcastPeer() throws IOException, InterruptedException {
        List<String> ports = freePorts();
        try {
            for (String port : ports) {
                members.add(startMember(port, ports));
            }
            client = connect(ports);
        } catch (IOException | InterruptedException | RuntimeException e) {
            endMembers();
            throw e;
        }
    }

    /** Starts the members, and returns when all have joined. */
    static Peer start() throws IOException, InterruptedException {
        return new HazelcastPeer();
    }

    private static Process startMember(String port, List<String> ports) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HazelcastMember.class.getName(),
                port));
        command.addAll(ports);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static HazelcastInstance connect(List<String> ports) throws InterruptedException {
        ClientConfig config = new ClientConfig();
        config.setClusterName(HazelcastMember.clusterName(ports));
        config.setProperty("hazelcast.logging.type", "none");
        ports.forEach(port -> config.getNetworkConfig().addAddress("127.0.0.1:" + port));
        config.getConnectionStrategyConfig()
                .getConnectionRetryConfig()
                .setInitialBackoffMillis((int) MEMBER_POLL_MILLIS)
                .setMultiplier(1)
                .setClusterConnectTimeoutMillis(CONNECT_MILLIS);
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MILLIS);
        while (client.getCluster().getMembers().size() < MEMBERS) {
            if (System.nanoTime() - end > 0) {
                client.shutdown();
                throw new IllegalStateException("the members of Hazelcast did not join");
            }
            Thread.sleep(MEMBER_POLL_MILLIS);
        }
        return client;
    }

    private static List<String> freePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(String.valueOf(first.getLocalPort()), String.valueOf(second.getLocalPort()));
        }
    }

    /** Submits tasks and returns their values in order. */
    private <T> List<T> all(int tasks, IntFunction<Callable<T>> task) throws Exception {
        var executor = client.getExecutorService(HazelcastMember.EXECUTOR);
        List<Future<T>> running =
                IntStream.range(0, tasks).mapToObj(task).map(executor::submit).toList();
        List<T> values = new ArrayList<>(tasks);
        for (Future<T> future : running) {
            values.add(future.get());
        }
        return values;
    }

    @Override
    public long pointsInQuarterCircle(int tasks) throws Exception {
        int size = tasks / CHUNKS;
        return all(CHUNKS, chunk -> new PiChunk((long) chunk * size, size)).stream()
                .mapToLong(points -> IntStream.of(points).asLongStream().sum())
                .sum();
    }

    @Override
    public long factorize(int numbers) throws Exception {
        return all(numbers, Factors::new).stream()
                .mapToLong(factors -> factors.length)
                .sum();
    }

    @Override
    public long sameOfEach(int tasks) throws Exception {
        return all(tasks, Same::new).stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public long same(long argument) throws Exception {
        return client.getExecutorService(HazelcastMember.EXECUTOR)
                .submit(new Same(argument))
                .get();
    }

    @Override
    public long lengths(int tasks, String text) throws Exception {
        return all(tasks, _ -> new Length(text)).stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    @Override
    public void close() {
        try {
            client.shutdown();
        } finally {
            endMembers();
        }
    }

    /** Ends the members, and waits so that they take no time from the next measurement. */
    private void endMembers() {
        members.forEach(Process::destroyForcibly);
        members.forEach(member -> member.onExit().join());
    }
}
