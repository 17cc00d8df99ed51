package io.minimalcluster.client.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Stops a background cluster. Workers stop first, so that they can send their results. */
public final class StopCluster {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    private final ClusterFolder folder;
    private final Duration timeout;

    public StopCluster(ClusterFolder folder) {
        this(folder, DEFAULT_TIMEOUT);
    }

    /** @param timeout timeout of the graceful shutdown, first of the workers, then of the master */
    public StopCluster(ClusterFolder folder, Duration timeout) {
        this.folder = folder;
        this.timeout = timeout;
    }

    /** Stops all processes and returns those that ran. */
    public List<Stopped> all() throws IOException {
        if (!folder.isUsed()) {
            return List.of();
        }
        try (FileChannel _ = folder.lock()) {
            List<RecordedProcess> workers = new ArrayList<>(folder.processes());
            workers.removeIf(process -> process.name().equals(ClusterFolder.MASTER));
            List<Stopped> stopped = new ArrayList<>(stop(workers));
            stopped.addAll(stop(folder.process(ClusterFolder.MASTER).stream().toList()));
            folder.deleteAllRecords();
            Files.deleteIfExists(folder.addressFile());
            return stopped;
        }
    }

    /**
     * A stopped process.
     *
     * @param killed whether it was killed after the timeout
     */
    public record Stopped(RecordedProcess process, boolean killed) {}

    /** Stops one process, if it runs. */
    void one(String name) throws IOException {
        stop(folder.process(name).stream().toList());
        folder.deleteRecord(name);
    }

    private List<Stopped> stop(List<RecordedProcess> known) throws IOException {
        List<RecordedProcess> running =
                known.stream().filter(RecordedProcess::isRunning).toList();
        Set<ProcessHandle> started = new HashSet<>(descendantsOf(running));
        running.stream().flatMap(process -> process.handle().stream()).forEach(ProcessHandle::destroy);
        PollingWait.until(timeout, () -> running.stream().noneMatch(RecordedProcess::isRunning));
        started.addAll(descendantsOf(running)); // a process that still runs may have started more
        List<Stopped> stopped = running.stream()
                .map(process -> new Stopped(process, kill(process)))
                .toList();
        started.forEach(ProcessHandle::destroyForcibly);
        for (RecordedProcess process : known) {
            folder.deleteRecord(process.name());
        }
        return stopped;
    }

    private static Set<ProcessHandle> descendantsOf(List<RecordedProcess> processes) {
        return processes.stream()
                .flatMap(process -> process.handle().stream())
                .flatMap(ProcessHandle::descendants)
                .collect(Collectors.toSet());
    }

    private static boolean kill(RecordedProcess process) {
        if (!process.isRunning()) {
            return false;
        }
        process.handle().ifPresent(ProcessHandle::destroyForcibly);
        if (!PollingWait.until(KILL_TIMEOUT, () -> !process.isRunning())) {
            throw new StopFailedException(process);
        }
        return true;
    }
}
