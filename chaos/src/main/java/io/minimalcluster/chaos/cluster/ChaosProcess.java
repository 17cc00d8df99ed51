package io.minimalcluster.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process under test. The output of all its restarts is in one file. */
final class ChaosProcess {
    private final Process process;

    private ChaosProcess(Process process) {
        this.process = process;
    }

    static ChaosProcess start(String name, List<String> command, Path folder) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()));
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.startsWith("MINIMALCLUSTER_")
                        || variable.startsWith("SPRING_")
                        || variable.startsWith("SERVER_"));
        try {
            return new ChaosProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL and waits for the exit. */
    void kill() {
        process.destroyForcibly();
        await(60);
    }

    /** Sends SIGTERM, and SIGKILL after {@code seconds}. */
    void terminate(long seconds) {
        process.destroy();
        if (!await(seconds)) {
            kill();
        }
    }

    private boolean await(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** All direct and indirect child processes. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** The number of child processes, and on Linux of threads and descriptors. */
    Map<String, Long> usage() {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        long children = process.descendants().count();
        return Files.isDirectory(proc)
                ? Map.of(
                        "threads",
                        count(proc.resolve("task")),
                        "descriptors",
                        count(proc.resolve("fd")),
                        "children",
                        children)
                : Map.of("children", children);
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            return 0; // the process has just exited
        }
    }

    /** The executors, which are the leaves of the process tree. */
    List<ProcessHandle> executors() {
        return process.descendants()
                .filter(each -> each.children().findAny().isEmpty())
                .toList();
    }
}
