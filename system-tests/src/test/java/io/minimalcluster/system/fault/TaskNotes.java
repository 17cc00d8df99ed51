package io.minimalcluster.system.fault;

import io.minimalcluster.system.harness.Await;
import io.minimalcluster.system.harness.Folder;
import io.minimalcluster.system.harness.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A file in which tasks record each start and each computed value, with the pid of their executor. Selected tasks wait
 * until a test releases them. It requires executors that may write files, at isolation level {@code process}.
 */
final class TaskNotes implements AutoCloseable {
    /** The worker setting that lets tasks write notes. */
    static final String WRITABLE = "--minimalcluster.executor.isolation=process";

    private static final String SOURCE = """
            void note(String folder, String what) throws IOException {
                Files.writeString(Path.of(folder, "notes"), what + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }

            long noted(String folder, long x, boolean waits) throws Exception {
                note(folder, "started " + x + " " + ProcessHandle.current().pid());
                while (waits && !Files.exists(Path.of(folder, "go-" + x))) {
                    Thread.sleep(20);
                }
                note(folder, "computed " + x + " " + ProcessHandle.current().pid());
                return x;
            }

            long napped(String folder, long x, boolean unused) throws Exception {
                note(folder, "started " + x + " " + ProcessHandle.current().pid());
                Thread.sleep(100);
                note(folder, "computed " + x + " " + ProcessHandle.current().pid());
                return x;
            }
            """;

    private final Folder folder = Folder.create("notes");

    String source() {
        return SOURCE;
    }

    /** The name of the function that writes notes. */
    String method() {
        return "noted";
    }

    /** The name of a function that takes 100 ms and does not wait. */
    String slowMethod() {
        return "napped";
    }

    /**
     * The arguments of a job.
     *
     * @param waiting tasks that wait until they are released
     */
    String arguments(int tasks, Long... waiting) {
        Set<Long> waits = Set.of(waiting);
        return LongStream.range(0, tasks)
                .mapToObj(
                        x -> "[%s,%d,%s]".formatted(Json.write(folder.path(".").toString()), x, waits.contains(x)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Releases a waiting task, also for its later attempts. */
    void release(long task) {
        try {
            Files.createFile(folder.path("go-" + task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines() {
        Path notes = folder.path("notes");
        try {
            return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> pids(String what, long task) {
        String prefix = what + " " + task + " ";
        return lines().stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    int started(long task) {
        return pids("started", task).size();
    }

    int computed(long task) {
        return pids("computed", task).size();
    }

    void awaitStarted(long task) {
        Await.until("the start of task " + task, () -> started(task) > 0);
    }

    /** The executor in which a task was started last. */
    ProcessHandle process(long task) {
        long pid = Long.parseLong(pids("started", task).getLast());
        return ProcessHandle.of(pid).orElseThrow(() -> new AssertionError("process " + pid + " is gone"));
    }

    /** Whether a process has ended. A zombie counts as ended. */
    static boolean hasEnded(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return !process.isAlive();
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
