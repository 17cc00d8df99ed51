package io.minimalcluster.client.local;

import io.minimalcluster.client.Authkey;
import io.minimalcluster.client.Client;
import io.minimalcluster.client.Listing;
import io.minimalcluster.model.worker.WorkerState;
import io.minimalcluster.model.worker.WorkerView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A temporary cluster: a master and workers on free ports, with store and logs in a temporary folder. Processes and
 * folder are removed when this is closed or the JVM exits.
 */
public final class LocalCluster implements AutoCloseable {
    /** Long enough for a very busy machine. A process that ends is noticed at once. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final Installation installation;
    private final TemporaryFolder folder;
    private final Path data;
    private final Thread shutdownHook = new Thread(this::end, "stop-local-cluster");
    private final Deque<ServiceProcess> processes = new ArrayDeque<>(); // guarded by this; the most recent first
    private final int port = freePort();
    private boolean closed; // guarded by this
    private volatile boolean jvmExiting;

    public LocalCluster(Installation installation, TemporaryFolder folder) {
        this.installation = installation;
        this.folder = folder;
        this.data = folder.path().resolve("data");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Starts a master and waits until it is ready. The settings are command line arguments. */
    public URI startMaster(List<String> settings) {
        launchMaster(settings);
        return awaitMaster();
    }

    /** Starts a master without waiting for it, so that workers can start in parallel. */
    public void launchMaster(List<String> settings) {
        List<String> all = new ArrayList<>(List.of("--server.port=" + port, "--minimalcluster.data=" + data));
        all.addAll(settings);
        start("master", installation.master(all));
    }

    /** Waits until the master has written its address. */
    public URI awaitMaster() {
        Path address = data.resolve("master.url");
        oldest().await("the master", START_TIMEOUT, () -> Files.exists(address));
        return master();
    }

    /** Starts a worker without waiting for it. */
    public void startWorker(String name, List<String> settings) {
        List<String> all = new ArrayList<>(List.of(
                "--server.port=0",
                "--minimalcluster.master-url=" + master(),
                "--minimalcluster.authkey-file=" + data.resolve("worker.key"),
                "--minimalcluster.worker.name=" + name));
        all.addAll(settings);
        start(name, installation.worker(all));
    }

    /** Waits until {@code count} workers are active and returns them. */
    public List<WorkerView> awaitWorkers(Client client, int count) {
        List<WorkerView> active = new ArrayList<>();
        newest().await(count + " workers", START_TIMEOUT, () -> {
            active.clear();
            active.addAll(client.workers(Listing.first(count + 1)).items());
            active.removeIf(worker -> worker.state() != WorkerState.ACTIVE);
            return active.size() >= count;
        });
        return active;
    }

    /** Creates a client with the admin key. */
    public Client client() {
        try {
            return new Client(master(), Authkey.in(data.resolve("authkey")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The options of the command line that choose this cluster. */
    List<String> commandOptions() {
        return List.of("--url=" + master(), "--key-file=" + data.resolve("authkey"));
    }

    /** Whether the cluster stops because this JVM exits, as on Ctrl-C. Errors after that are expected. */
    public boolean endsWithJvm() {
        return jvmExiting;
    }

    /** Stops the workers and then the master gracefully, with a timeout for each process. */
    synchronized void stop(Duration each) {
        while (!processes.isEmpty()) {
            processes.pop().stop(each);
        }
    }

    /** Stops the workers, then the master, and deletes the folder. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        while (!processes.isEmpty()) {
            processes.pop().close();
        }
        folder.close();
        if (!jvmExiting) {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        }
    }

    private void end() {
        jvmExiting = true;
        close();
    }

    private URI master() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A port of the loopback interface that is free now. */
    public static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized ServiceProcess oldest() {
        return processes.getLast();
    }

    private synchronized ServiceProcess newest() {
        return processes.getFirst();
    }

    private synchronized ServiceProcess start(String name, List<String> command) {
        if (closed) {
            throw new StartFailedException("stopped before the " + name + " started");
        }
        ServiceProcess process = ServiceProcess.startBound(name, command, folder.path());
        processes.push(process);
        return process;
    }
}
