package io.minimalcluster.benchmarks.peer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Two members of a cluster. Each is a JVM with the class path and the options of this one, and ends with it. */
public final class Members implements AutoCloseable {
    private static final int COUNT = 2;
    private static final long JOIN_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long POLL_MILLIS = 20;

    private final List<String> ports;
    private final List<Process> processes = new ArrayList<>();

    private Members(List<String> ports) {
        this.ports = ports;
    }

    /**
     * Starts the members.
     *
     * @param main their main class, which gets the port of the member, and the ports of all members
     */
    public static Members start(Class<?> main) throws IOException {
        Members members = new Members(freePorts());
        try {
            for (String port : members.ports) {
                members.processes.add(start(main, port, members.ports));
            }
            return members;
        } catch (IOException e) {
            members.close();
            throw e;
        }
    }

    private static Process start(Class<?> main, String port, List<String> ports) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), port));
        command.addAll(ports);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Ends this process, a member, when its parent ends. */
    public static void endWithParent() {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // the stream ends when the parent closes it, or ends
                }
            } catch (IOException _) {
                // the parent has ended
            }
            Runtime.getRuntime().halt(0);
        });
    }

    public List<String> ports() {
        return ports;
    }

    /** Waits until all members have joined. */
    public void awaitJoined(IntSupplier joined) throws InterruptedException {
        long started = System.nanoTime();
        while (joined.getAsInt() < COUNT) {
            if (System.nanoTime() - started > JOIN_NANOS) {
                throw new IllegalStateException("the members did not join");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static List<String> freePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(String.valueOf(first.getLocalPort()), String.valueOf(second.getLocalPort()));
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(member -> member.onExit().join());
    }
}
