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

/** Stops a cluster that stays: workers first, so that they can hand in what they have. */
public final class StopCluster {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration TIME_TO_DIE = Duration.ofSeconds(10);

    private final ClusterFolder folder;
    private final Duration patience;

    public StopCluster(ClusterFolder folder) {
        this(folder, PATIENCE);
    }

    /**
     * Of some other patience.
     *
     * @param patience how long what runs may go on, first that of the workers, then that of the master
     */
    public StopCluster(ClusterFolder folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
    }

    /** Stops all of it, and says what ran. */
    public List<Stopped> all() throws IOException {
        if (!folder.isUsed()) {
            return List.of();
        }
        try (FileChannel _ = folder.lock()) {
            List<RecordedProcess> workers = new ArrayList<>(folder.processes());
            workers.removeIf(process -> process.name().equals(ClusterFolder.MASTER));
            List<Stopped> stopped = new ArrayList<>(stop(workers));
            stopped.addAll(stop(folder.process(ClusterFolder.MASTER).stream().toList()));
            folder.forgetAll();
            Files.deleteIfExists(folder.addressFile());
            return stopped;
        }
    }

    /**
     * A process that ran.
     *
     * @param killed whether it had to be made to end
     */
    public record Stopped(RecordedProcess process, boolean killed) {}

    /** Stops a single one, if it runs. */
    void one(String name) throws IOException {
        stop(folder.process(name).stream().toList());
        folder.forget(name);
    }

    private List<Stopped> stop(List<RecordedProcess> known) throws IOException {
        List<RecordedProcess> running =
                known.stream().filter(RecordedProcess::isRunning).toList();
        Set<ProcessHandle> started = new HashSet<>(startedBy(running));
        running.stream().flatMap(process -> process.handle().stream()).forEach(ProcessHandle::destroy);
        PollingWait.until(patience, () -> running.stream().noneMatch(RecordedProcess::isRunning));
        started.addAll(startedBy(running)); // one that is still there may have gone on starting them
        List<Stopped> stopped = running.stream()
                .map(process -> new Stopped(process, kill(process)))
                .toList();
        started.forEach(ProcessHandle::destroyForcibly);
        for (RecordedProcess process : known) {
            folder.forget(process.name());
        }
        return stopped;
    }

    private static Set<ProcessHandle> startedBy(List<RecordedProcess> processes) {
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
        if (!PollingWait.until(TIME_TO_DIE, () -> !process.isRunning())) {
            throw new StopFailedException(process);
        }
        return true;
    }
}
