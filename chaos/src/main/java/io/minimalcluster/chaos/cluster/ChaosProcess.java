package io.minimalcluster.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is treated badly. What it printed, over all its lives, is in one file. */
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

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        await(60);
    }

    /** SIGTERM, and SIGKILL if it takes longer than so many seconds. */
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

    /** Everything that it started, and that this started. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Those that run users' code: the last of each line of descent. */
    List<ProcessHandle> executors() {
        return process.descendants()
                .filter(each -> each.children().findAny().isEmpty())
                .toList();
    }
}
