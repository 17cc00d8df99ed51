package io.minimalcluster.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that was started. What it prints is kept; it ends with this JVM at the latest, with all that it started.
 */
public final class Program implements AutoCloseable {
    private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int LINES_SHOWN = 40;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Program::close), "end-programs"));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private Program(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts it in a folder, without the settings that this JVM was given. */
    public static Program start(String name, List<String> command, Path folder) {
        try {
            Path log = Files.createTempFile(Files.createDirectories(folder), name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(Program::isSetting);
            Program program = new Program(name, log, builder.start());
            RUNNING.add(program);
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSetting(String variable) {
        return variable.startsWith("MINIMALCLUSTER_")
                || variable.startsWith("SPRING_")
                || variable.startsWith("SERVER_")
                || variable.equals("JAVA_TOOL_OPTIONS");
    }

    public long pid() {
        return process.pid();
    }

    /** The processes that it started, and that they started. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Everything that it has printed so far. */
    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last that it printed. */
    public String tail() {
        List<String> lines = output().lines().toList();
        return name + " printed last:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGINT, as Ctrl-C does; to one that has ended it sends nothing. */
    public void interrupt() {
        Command.run("sh", "-c", "kill -INT " + pid() + " 2>/dev/null || :");
    }

    /** Sends SIGSTOP: it does nothing more, and does not know it. What it started goes on. */
    public void freeze() {
        Command.run("kill", "-STOP", Long.toString(pid()));
    }

    /** Sends SIGCONT, after {@link #freeze}. */
    public void thaw() {
        Command.run("kill", "-CONT", Long.toString(pid()));
    }

    /** Sends SIGKILL and waits until it is gone; what it started is left to itself. */
    public void kill() {
        process.destroyForcibly();
        exitCode(Await.LONG);
    }

    /** Waits until it has ended by itself. */
    public int exitCode(Duration longest) {
        try {
            if (process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " has not ended within " + longest.toSeconds() + " s; " + tail());
    }

    @Override
    public void close() {
        List<ProcessHandle> started = descendants();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }
}
