package io.minimalcluster.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A background process that is recorded in a file.
 *
 * @param since start time, which distinguishes it from a later process with the same pid
 */
public record RecordedProcess(String name, long pid, Instant since) {
    /**
     * Tolerance for start times: they are computed from clock ticks and the boot time, which moves when the clock is
     * set.
     */
    private static final Duration START_TIME_TOLERANCE = Duration.ofSeconds(2);

    static RecordedProcess of(String name, ProcessHandle handle) {
        return new RecordedProcess(
                name, handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
    }

    /** Reads a record. Empty if the file is missing or incomplete. */
    static Optional<RecordedProcess> read(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] fields = Files.readString(file).strip().split(" ", 2);
        try {
            return Optional.of(new RecordedProcess(name, Long.parseLong(fields[0]), Instant.parse(fields[1])));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Files.writeString(file, pid + " " + since + "\n");
    }

    public boolean isRunning() {
        return handle().isPresent();
    }

    /** The handle of the process if it still runs. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(this::isSame).filter(RecordedProcess::runs);
    }

    private boolean isSame(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(started -> Duration.between(started, since).abs().compareTo(START_TIME_TOLERANCE) <= 0)
                .orElse(true);
    }

    /** A zombie process has a pid but does not run. */
    private static boolean runs(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException _) {
            return handle.isAlive(); // /proc is unavailable, or the process has just ended
        }
    }
}
