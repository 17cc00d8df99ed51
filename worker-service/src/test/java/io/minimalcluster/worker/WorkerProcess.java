package io.minimalcluster.worker;

import io.minimalcluster.worker.fake.EventLog;
import io.minimalcluster.worker.fake.FakeMaster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged worker as a process. Each line of its output is an event. */
final class WorkerProcess implements AutoCloseable {
    private static final long MAX_SECONDS = 120;

    private final Process process;
    private final EventLog lines = new EventLog();
    private final Thread reading;

    private WorkerProcess(Process process) {
        this.process = process;
        this.reading = Thread.ofVirtual().start(this::read);
    }

    static WorkerProcess start(URI master, String key, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("worker.jar", "target/minimalcluster-worker-exec.jar"),
                "--minimalcluster.master-url=" + master,
                "--minimalcluster.worker.slots=1",
                "--minimalcluster.executor.minimum-isolation=process"));
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIMALCLUSTER_"));
        builder.environment().put("MINIMALCLUSTER_AUTHKEY", key);
        return new WorkerProcess(builder.start());
    }

    static WorkerProcess start(FakeMaster master, String... settings) throws IOException {
        return start(master.address(), FakeMaster.KEY, settings);
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException _) {
            lines.add("unreadable");
        }
    }

    /** Waits for an output line that contains a text. */
    void awaitLine(String part) throws InterruptedException {
        lines.awaitThat(part, all -> all.stream().anyMatch(line -> line.contains(part)));
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.toHandle().destroy(); // Process.destroy would also close the output streams
    }

    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Waits for the end of the process, and returns its exit code. */
    int exit() throws InterruptedException {
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running, with output " + lines.all());
        }
        reading.join();
        return process.exitValue();
    }

    /** The output lines. */
    List<String> lines() {
        return lines.all();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
