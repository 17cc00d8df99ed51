package io.minimalcluster.client.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A process that serves until it is closed, with its output in a file. */
final class ServiceProcess implements AutoCloseable {
    private static final int LINES_SHOWN = 20;
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final String name;
    private final Path log;
    private final Process process;

    private ServiceProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts it in a folder, where its log will be too, without the settings that this process was given. */
    static ServiceProcess start(String name, List<String> command, Path folder) {
        return start(name, command, folder, Map.of());
    }

    /** The same, as one that ends when this process does, even if that is killed: it watches its input. */
    static ServiceProcess startBound(String name, List<String> command, Path folder) {
        return start(name, command, folder, Map.of("ENDS_WITH_PARENT", "true"));
    }

    private static ServiceProcess start(String name, List<String> command, Path folder, Map<String, String> variables) {
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(ServiceProcess::isSetting);
        builder.environment().putAll(variables);
        try {
            return new ServiceProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new StartFailedException("can't start the " + name + ": " + e.getMessage());
        }
    }

    /** Waits until something is so; it never will be once the process has ended. */
    void await(String what, Duration longest, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (ended(LOOK_EVERY_MILLIS)) {
                mustRun();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StartFailedException(
                        what + " was not there after " + longest.toSeconds() + " seconds" + tail());
            }
        }
    }

    /** Complains if it has ended. */
    void mustRun() {
        if (!process.isAlive()) {
            throw new StartFailedException("the " + name + " ended with exit code " + process.exitValue() + tail());
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Asks it to end, and after five seconds makes it. */
    @Override
    public void close() {
        stop(TIME_TO_STOP);
    }

    /** Asks it to end, and after so long makes it; what it started ends with it in any case. */
    void stop(Duration longest) {
        Set<ProcessHandle> started = process.descendants().collect(Collectors.toSet());
        process.destroy();
        if (!ended(longest.toMillis())) {
            process.descendants().forEach(started::add); // it may have gone on starting them
            process.destroyForcibly();
        }
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private boolean ended(long waitMillis) {
        try {
            return process.waitFor(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("interrupted while waiting for the " + name);
        }
    }

    /** The last lines of the log; the frames of a stack trace would leave no room for what it is about. */
    private String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            return "; the end of its log:\n  "
                    + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSetting(String variable) {
        return variable.startsWith("MINIMALCLUSTER_")
                || variable.startsWith("SPRING_")
                || variable.startsWith("SERVER_");
    }
}
