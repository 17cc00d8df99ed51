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

/** A service process whose output goes to a log file. Closing it stops the process. */
final class ServiceProcess implements AutoCloseable {
    private static final int LOG_TAIL_LINES = 20;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
    private static final long POLL_INTERVAL_MILLIS = 20;

    private final String name;
    private final Path log;
    private final Process process;

    private ServiceProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process in a folder that also contains its log. It does not inherit environment variables with settings.
     */
    static ServiceProcess start(String name, List<String> command, Path folder) {
        return start(name, command, folder, Map.of());
    }

    /** Starts a process that ends when this process ends, even by SIGKILL: it watches its standard input. */
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

    /**
     * Waits for a condition.
     *
     * @throws StartFailedException if the process ends or the timeout elapses first
     */
    void await(String what, Duration timeout, BooleanSupplier condition) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (ended(POLL_INTERVAL_MILLIS)) {
                checkRunning();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new StartFailedException(
                        what + " was not there after " + timeout.toSeconds() + " seconds" + tail());
            }
        }
    }

    /**
     * Checks that the process runs.
     *
     * @throws StartFailedException if it has ended
     */
    void checkRunning() {
        if (!process.isAlive()) {
            throw new StartFailedException("the " + name + " ended with exit code " + process.exitValue() + tail());
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Stops the process gracefully, and kills it after five seconds. */
    @Override
    public void close() {
        stop(STOP_TIMEOUT);
    }

    /** Stops the process gracefully, and kills it after the timeout. Kills its descendants in any case. */
    void stop(Duration timeout) {
        Set<ProcessHandle> started = process.descendants().collect(Collectors.toSet());
        process.destroy();
        if (!ended(timeout.toMillis())) {
            process.descendants().forEach(started::add); // it may have started more since
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

    /** The last lines of the log without stack frames, which would displace the error messages. */
    private String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .toList();
            return "; the end of its log:\n  "
                    + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
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
