package io.minimalcluster.task;

import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.FrameStreams;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A forked JVM with the packaged jar. */
public final class ForkedRuntime implements AutoCloseable {
    /** Moves the frames to descriptors of their own, as the launcher of a worker does. */
    private static final String MOVE_FRAMES = "mkfifo \"$0\" && exec 3<&0 4>&1 0</dev/null 1<>\"$0\" && exec \"$@\"";

    private final Process process;
    private final OutputStream in;
    public final FrameConversation talk;

    private ForkedRuntime(Path folder, List<String> prefix, List<String> options, List<String> arguments)
            throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-jar", Objects.requireNonNull(System.getProperty("task-runtime.jar"))));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().clear();
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        in = new BufferedOutputStream(process.getOutputStream());
        talk = new FrameConversation(new BufferedInputStream(process.getInputStream()), in);
        talk.awaitReady();
    }

    public static ForkedRuntime executor(Path folder, String... options) throws IOException {
        Path taskState = Files.createTempDirectory(folder, "task-state").resolve("task-state");
        TaskStateFile.create(taskState);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-D" + FrameStreams.PROPERTY + "=/dev/fd");
        return new ForkedRuntime(
                folder,
                List.of(
                        "sh",
                        "-c",
                        MOVE_FRAMES,
                        taskState.resolveSibling("output").toString()),
                all,
                List.of("executor", taskState.toString()));
    }

    public static ForkedRuntime compiler(Path folder, String... options) throws IOException {
        return new ForkedRuntime(folder, List.of(), List.of(options), List.of("compiler"));
    }

    public void endOfStream() throws IOException {
        in.close();
    }

    /** Waits for the process to end and returns its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the process still runs");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
