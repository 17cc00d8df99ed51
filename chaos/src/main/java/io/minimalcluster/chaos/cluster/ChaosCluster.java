package io.minimalcluster.chaos.cluster;

import io.minimalcluster.chaos.proxy.ChaosProxy;
import io.minimalcluster.client.local.Installation;
import io.minimalcluster.client.local.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * The processes of a run and the proxies between them and to clients. Not thread-safe, except for the proxies and
 * {@link #close}.
 */
public final class ChaosCluster implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration EXECUTOR_TIMEOUT = Duration.ofSeconds(20);

    private final Installation installation;
    private final Path folder;
    private final List<String> masterSettings;
    private final URI master;
    private final ChaosProxy forWorkers;
    private final ChaosProxy forClients;
    private final Map<String, ChaosProcess> processes = new ConcurrentSkipListMap<>();
    private final Set<ProcessHandle> orphans = ConcurrentHashMap.newKeySet();
    private final Map<String, List<ProcessHandle>> stopped = new HashMap<>();
    private final Object lock = new Object(); // held to start a process and to close the cluster
    private boolean closed; // guarded by lock

    public ChaosCluster(Installation installation, Path folder, List<String> masterSettings, long seed) {
        this.installation = installation;
        this.folder = folder;
        this.master = URI.create("http://127.0.0.1:" + LocalCluster.freePort());
        this.masterSettings = masterSettings;
        this.forWorkers = ChaosProxy.to(master, seed);
        this.forClients = ChaosProxy.to(master, seed + 1);
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

    /** A key file of the master. */
    public String key(String file) {
        try {
            return Files.readString(folder.resolve("data").resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts or restarts the master, without waiting for readiness. */
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

    /** Waits until the master is ready, which it signals by a file with its URL. */
    public void awaitMaster() {
        Path file = folder.resolve("data").resolve("master.url");
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!Files.exists(file)) {
            if (!process("master").isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the master did not start; see " + folder.resolve("master.log"));
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }

    /** Starts a worker with two slots, without waiting for registration. */
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
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the cluster has been closed");
            }
            processes.put(name, ChaosProcess.start(name, command, folder));
        }
    }

    /** Kills a process without its child processes. */
    public void kill(String name) {
        ChaosProcess process = process(name);
        orphans.addAll(process.descendants());
        process.kill();
    }

    /** Shuts a worker down gracefully, within 40 seconds. */
    public void terminate(String name) {
        ChaosProcess process = process(name);
        orphans.addAll(process.descendants());
        process.terminate(40);
        processes.remove(name);
    }

    /**
     * Kills an executor of a worker.
     *
     * @param number selects the executor, modulo the number of executors
     * @return false if the worker has no executor
     */
    public boolean killExecutor(String worker, int number) {
        List<ProcessHandle> executors = executorsOf(worker);
        return !executors.isEmpty() && executors.get(number % executors.size()).destroyForcibly();
    }

    /** Stops a process by SIGSTOP until {@link #resume}. Its executors continue. */
    public void stop(String name) {
        stop(name, process(name).handle());
    }

    /**
     * Stops an executor of a worker by SIGSTOP.
     *
     * @param number selects the executor, modulo the number of executors
     * @return false if the worker has no executor
     */
    public boolean stopExecutor(String worker, int number) {
        List<ProcessHandle> executors = executorsOf(worker);
        if (executors.isEmpty()) {
            return false;
        }
        stop(worker, executors.get(number % executors.size()));
        return true;
    }

    /** The executors of a worker. Waits for the first one, because the worker may have just started. */
    private List<ProcessHandle> executorsOf(String worker) {
        long deadline = System.nanoTime() + EXECUTOR_TIMEOUT.toNanos();
        List<ProcessHandle> executors = process(worker).executors();
        while (executors.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(100_000_000L);
            executors = process(worker).executors();
        }
        return executors;
    }

    private void stop(String name, ProcessHandle handle) {
        signal("-STOP", handle);
        stopped.computeIfAbsent(name, _ -> new ArrayList<>()).add(handle);
    }

    /** Resumes the stopped processes of a service. */
    public void resume(String name) {
        stopped.getOrDefault(name, List.of()).forEach(handle -> signal("-CONT", handle));
        stopped.remove(name);
    }

    /** Sends a signal for which Java has no API. A process that has exited is ignored. */
    private static void signal(String signal, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ChaosProcess process(String name) {
        ChaosProcess process = processes.get(name);
        if (process == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return process;
    }

    /** The number of threads, descriptors and child processes of each process, and the orphans. */
    public Map<String, ?> resources() {
        Map<String, Map<String, Long>> usage = new TreeMap<>();
        processes.forEach((name, process) -> usage.put(name, process.usage()));
        return Map.of("processes", usage, "orphans", orphans());
    }

    /** Processes that outlived their parent service. */
    public List<String> orphans() {
        return orphans.stream()
                .filter(ProcessHandle::isAlive)
                .map(each -> each.pid() + " " + each.info().commandLine().orElse(""))
                .toList();
    }

    /** Kills all processes, including stopped and orphaned ones, and prevents further starts. */
    @Override
    public void close() {
        synchronized (lock) {
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
