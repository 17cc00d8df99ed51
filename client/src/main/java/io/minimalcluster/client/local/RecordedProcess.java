package io.minimalcluster.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process of a cluster that goes on without whoever started it.
 *
 * @param since when it started, by which it is told from another that has got its number since
 */
public record RecordedProcess(String name, long pid, Instant since) {
    /** The system's clock ticks, and its count of seconds since the boot moves when the time is set. */
    private static final Duration CLOSE_ENOUGH = Duration.ofSeconds(2);

    static RecordedProcess of(String name, ProcessHandle handle) {
        return new RecordedProcess(
                name, handle.pid(), handle.info().startInstant().orElseGet(Instant::now));
    }

    /** What a file says of a process; nothing if there is no such file, or not all of it. */
    static Optional<RecordedProcess> in(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", 2);
        try {
            return Optional.of(new RecordedProcess(name, Long.parseLong(words[0]), Instant.parse(words[1])));
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

    /** The process, if it still runs. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(this::isSame).filter(RecordedProcess::runs);
    }

    private boolean isSame(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(started -> Duration.between(started, since).abs().compareTo(CLOSE_ENOUGH) <= 0)
                .orElse(true);
    }

    /** One that has ended and that nobody has asked about yet has a number still, but does not run. */
    private static boolean runs(ProcessHandle handle) {
        if (!handle.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException _) {
            return handle.isAlive(); // no such files here, or it has just ended
        }
    }
}
