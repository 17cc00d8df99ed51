package io.minimalcluster.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.compile.CompilerLoop;
import io.minimalcluster.task.execute.ExecutorLoop;
import io.minimalcluster.task.execute.Warmup;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.CompileRequest;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ExitDeadline;
import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.task.process.ProcessExit;
import io.minimalcluster.task.process.ProcessorLoad;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A training run: a compiler or an executor with the conversation of a first job. The JVM makes a class cache from the
 * classes that it loads. A start loads all classes of its cache, so each kind of process has a cache of its own. A
 * lambda is in the cache only if a training run created it, so a training run calls the code of a real process.
 */
final class Training {
    private static final String SOURCE = "long twice(long x) { return 2 * x; }";
    private static final String FUNCTION = "twice(long)";
    private static final int MAX_FRAME = 1 << 20;
    private static final byte[] NOTHING = {};

    private final JsonMapper json = new JsonMapper();
    private final ProcessExit exit = new ProcessExit(Training::endUnlessDone);

    private final Path folder;

    private Training(Path folder) {
        this.folder = folder;
    }

    /**
     * Runs a compiler.
     *
     * @param folder the folder for its bundle
     */
    static void compile(Path folder) throws IOException, InterruptedException {
        new Training(folder).compile();
    }

    /**
     * Runs an executor.
     *
     * @param folder the folder of an earlier training run of a compiler
     */
    static void execute(Path folder) throws IOException {
        new Training(folder).execute();
    }

    /** Creates the streams and the exit of a real process, which this run does not use. */
    private static void linkStart() throws IOException {
        var _ = FrameStreams.open();
        var _ = TaskRuntime.newExit();
    }

    private Path bundle() {
        return folder.resolve("bundle.jar");
    }

    private void compile() throws IOException, InterruptedException {
        linkStart();
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        Frame request = new Frame(
                FrameKind.COMPILE, json.writeValueAsBytes(new CompileRequest(Map.of("Main.java", SOURCE))), NOTHING);
        Thread compiler = TaskRuntime.newCompiler(streams(answers, request), exit);
        compiler.start();
        compiler.join();
        Frame compiled = TrainingAnswers.read(answers.toByteArray()).last(FrameKind.READY, FrameKind.COMPILED);
        Files.write(bundle(), compiled.body());
        new ProcessorLoad().hasIdleProcessor();
        new CompilerLoop(InputStream.nullInputStream(), OutputStream.nullOutputStream(), exit).warmUp();
    }

    private void execute() throws IOException {
        linkStart();
        Path state = Files.createTempDirectory(folder, "state").resolve("state");
        TaskStateFile.create(state);
        TaskStateFile taskState = TaskStateFile.open(state);
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        Frame load = new Frame(
                FrameKind.LOAD,
                json.writeValueAsBytes(new LoadRequest(bundle().toString(), List.of(), FUNCTION, MAX_FRAME, MAX_FRAME)),
                NOTHING);
        Frame list =
                new Frame(FrameKind.RUN, json.writeValueAsBytes(new BatchRequest(2, null, 0)), "[1,2]".getBytes(UTF_8));
        Frame range = new Frame(FrameKind.RUN, json.writeValueAsBytes(new BatchRequest(2, 0L, 1)), NOTHING);
        ExecutorLoop executor = TaskRuntime.newExecutor(streams(answers, load, list, range), taskState, exit);
        linkExit(taskState, executor);
        executor.run();
        TrainingAnswers.read(answers.toByteArray())
                .last(FrameKind.READY, FrameKind.LOADED, FrameKind.DONE, FrameKind.DONE);
        new ProcessorLoad().hasIdleProcessor();
        new Warmup().runWhile(() -> true);
    }

    /** Adds and removes the hook of a real process, which would end this one before the JVM has written the cache. */
    private void linkExit(TaskStateFile taskState, ExecutorLoop executor) {
        ExitDeadline deadline = new ExitDeadline(exit);
        deadline.open();
        Thread hook = TaskRuntime.newExitHook(deadline, taskState, executor);
        Runtime.getRuntime().addShutdownHook(hook);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** The end of a stream ends other processes. A failure ends this one too, on whichever thread it is. */
    private static void endUnlessDone(int code) {
        if (code != ProcessExit.DONE) {
            Runtime.getRuntime().halt(code);
        }
    }

    private static FrameStreams streams(OutputStream answers, Frame... requests) throws IOException {
        return new FrameStreams(frames(requests), answers, InputStream.nullInputStream());
    }

    private static InputStream frames(Frame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            frame.writeTo(bytes);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
