package io.minimalcluster.chaos.cluster;

import io.minimalcluster.chaos.proxy.ChaosProxy;
import io.minimalcluster.client.local.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A master and workers, the network between them, and the network between clients and the master. Used by one thread at
 * a time but for the proxies, and for the end, which may come from any.
 */
public final class ChaosCluster implements AutoCloseable {
    private static final Duration TIME_TO_START = Duration.ofMinutes(5);
    private static final Duration TIME_TO_WORK = Duration.ofSeconds(20);

    private final Installation installation;
    private final Path folder;
    private final List<String> masterSettings;
    private final URI master;
    private final ChaosProxy forWorkers;
    private final ChaosProxy forClients;
    private final Map<String, ChaosProcess> processes = new ConcurrentSkipListMap<>();
    private final Set<ProcessHandle> orphans = ConcurrentHashMap.newKeySet();
    private final Map<String, List<ProcessHandle>> stopped = new HashMap<>();
    private final Object lives = new Object(); // whoever starts a process or ends them all has it
    private boolean closed; // guarded by it

    public ChaosCluster(Installation installation, Path folder, List<String> masterSettings, long seed) {
        this.installation = installation;
        this.folder = folder;
        this.master = URI.create("http://127.0.0.1:" + freePort());
        this.masterSettings = masterSettings;
        this.forWorkers = ChaosProxy.to(master, seed);
        this.forClients = ChaosProxy.to(master, seed + 1);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI master() {
        return master;
    }

    public ChaosProxy forWorkers() {
        return forWorkers;
    }

    public ChaosProxy forClients() {
        return forClients;
    }

    /** A key that the master has made. */
    public String key(String file) {
        try {
            return Files.readString(folder.resolve("data").resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the master, for the first time or again, and does not wait for it. */
    public void startMaster() {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=" + master.getPort(),
                "--minimalcluster.data=" + folder.resolve("data"),
                "--minimalcluster.local-worker.enabled=false"));
        settings.addAll(masterSettings);
        try {
            Files.deleteIfExists(folder.resolve("data").resolve("master.url"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("master", installation.master(settings));
    }

    /** Waits until the master says where it is, which it does once it is ready. */
    public void awaitMaster() {
        Path file = folder.resolve("data").resolve("master.url");
        long deadline = System.nanoTime() + TIME_TO_START.toNanos();
        while (!Files.exists(file)) {
            if (!process("master").isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the master did not start; see " + folder.resolve("master.log"));
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }

    /** Starts a worker with two slots, and does not wait for it. */
    public void startWorker(String name) {
        start(
                name,
                installation.worker(List.of(
                        "--server.port=0",
                        "--minimalcluster.master-url=" + forWorkers.url(),
                        "--minimalcluster.authkey-file="
                                + folder.resolve("data").resolve("worker.key"),
                        "--minimalcluster.worker.name=" + name,
                        "--minimalcluster.worker.slots=2",
                        "--minimalcluster.executor.heap=96m",
                        "--minimalcluster.executor.minimum-isolation=process")));
    }

    private void start(String name, List<String> command) {
        synchronized (lives) {
            if (closed) {
                throw new IllegalStateException("the cluster was ended");
            }
            processes.put(name, ChaosProcess.start(name, command, folder));
        }
    }

    /** Kills a process and nothing that it has started. */
    public void kill(String name) {
        ChaosProcess process = process(name);
        orphans.addAll(process.descendants());
        process.kill();
    }

    /** Asks a worker to leave; it has 40 seconds to finish what it runs. */
    public void dismiss(String name) {
        ChaosProcess process = process(name);
        orphans.addAll(process.descendants());
        process.terminate(40);
        processes.remove(name);
    }

    /** Kills what runs a task of a worker, if there is such a process: the one of this number, counted round. */
    public boolean killExecutor(String worker, int number) {
        List<ProcessHandle> executors = executorsOf(worker);
        return !executors.isEmpty() && executors.get(number % executors.size()).destroyForcibly();
    }

    /** Stops a process until {@link #goOn}; its executors go on. */
    public void stop(String name) {
        stop(name, process(name).handle());
    }

    /** Stops what runs a task of a worker, if there is such a process. */
    public boolean stopExecutor(String worker, int number) {
        List<ProcessHandle> executors = executorsOf(worker);
        if (executors.isEmpty()) {
            return false;
        }
        stop(worker, executors.get(number % executors.size()));
        return true;
    }

    /** Gives a worker that has only just started a while to have some. */
    private List<ProcessHandle> executorsOf(String worker) {
        long deadline = System.nanoTime() + TIME_TO_WORK.toNanos();
        List<ProcessHandle> executors = process(worker).executors();
        while (executors.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(100_000_000L);
            executors = process(worker).executors();
        }
        return executors;
    }

    private void stop(String name, ProcessHandle handle) {
        ProcessSignaller.stop(handle);
        stopped.computeIfAbsent(name, _ -> new ArrayList<>()).add(handle);
    }

    /** Lets all go on that was stopped of this one. */
    public void goOn(String name) {
        stopped.getOrDefault(name, List.of()).forEach(ProcessSignaller::goOn);
        stopped.remove(name);
    }

    private ChaosProcess process(String name) {
        ChaosProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return process;
    }

    /** Which have ended without being told to. */
    public List<String> ended() {
        return processes.entrySet().stream()
                .filter(each -> !each.getValue().isAlive())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Threads, descriptors and children of each process, and processes that should be gone. */
    public Map<String, ?> resources() {
        Map<String, Map<String, Long>> usage = new TreeMap<>();
        processes.forEach((name, process) -> usage.put(name, ResourceUsage.of(process)));
        return Map.of("processes", usage, "orphans", orphans());
    }

    /** Processes that were started by one that is gone, and are still there. */
    public List<String> orphans() {
        return orphans.stream()
                .filter(ProcessHandle::isAlive)
                .map(each -> each.pid() + " " + each.info().commandLine().orElse(""))
                .toList();
    }

    /** Kills all that there is of it, also what stands still or was left behind, and starts nothing any more. */
    @Override
    public void close() {
        synchronized (lives) {
            closed = true;
            processes.values().forEach(process -> {
                orphans.addAll(process.descendants());
                process.kill();
            });
            orphans.forEach(ProcessHandle::destroyForcibly);
        }
        forWorkers.close();
        forClients.close();
    }
}
