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
 * A started program. Its output is kept in a file. It is killed with its descendants at the latest when this JVM exits.
 */
public final class Program implements AutoCloseable {
    private static final Set<Program> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int TAIL_LINES = 40;

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

    /** Starts a program in a folder, without environment variables with settings. */
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

    /** All descendants of the process. */
    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** The output so far. */
    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of the output. */
    public String tail() {
        List<String> lines = output().lines().toList();
        return name + " printed last:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGINT, as Ctrl-C does. Has no effect on an ended process. */
    public void interrupt() {
        Command.run("sh", "-c", "kill -INT " + pid() + " 2>/dev/null || :");
    }

    /** Sends SIGSTOP to the process, but not to its descendants. */
    public void freeze() {
        Command.run("kill", "-STOP", Long.toString(pid()));
    }

    /** Sends SIGCONT, after {@link #freeze}. */
    public void thaw() {
        Command.run("kill", "-CONT", Long.toString(pid()));
    }

    /** Sends SIGKILL and waits for the end. Descendants are not killed. */
    public void kill() {
        process.destroyForcibly();
        exitCode(Await.LONG);
    }

    /** Waits until the process has ended by itself. */
    public int exitCode(Duration timeout) {
        try {
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(name + " has not ended within " + timeout.toSeconds() + " s; " + tail());
    }

    @Override
    public void close() {
        List<ProcessHandle> started = descendants();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
        RUNNING.remove(this);
    }
}
