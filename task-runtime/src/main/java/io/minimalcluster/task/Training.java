package io.minimalcluster.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.task.compile.CompilerLoop;
import io.minimalcluster.task.execute.CommonPoolThreads;
import io.minimalcluster.task.execute.ExecutorLoop;
import io.minimalcluster.task.execute.SystemLoader;
import io.minimalcluster.task.execute.TaskOutput;
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
 * A training run: the loops of a compiler and of an executor, with a conversation of a first job. The JVM makes a class
 * cache from the classes that it loads.
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

    /** Leaves files in the folder for temporary files. */
    static void run() throws IOException {
        Training training = new Training(Files.createTempDirectory("training"));
        training.execute(training.compile());
        training.warmUp();
    }

    private Path compile() throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        new CompilerLoop(
                        frames(new Frame(
                                FrameKind.COMPILE,
                                json.writeValueAsBytes(new CompileRequest(Map.of("Main.java", SOURCE))),
                                NOTHING)),
                        answers,
                        exit)
                .run();
        Frame compiled = TrainingAnswers.read(answers.toByteArray()).last(FrameKind.READY, FrameKind.COMPILED);
        return Files.write(folder.resolve("bundle.jar"), compiled.body());
    }

    private void execute(Path bundle) throws IOException {
        TaskStateFile.create(folder.resolve("state")).close();
        TaskStateFile taskState = TaskStateFile.open(folder.resolve("state"));
        TaskOutput output = new TaskOutput();
        output.mirrorTo(taskState);
        output.install();
        CommonPoolThreads.install();
        SystemLoader.open();
        new ExitDeadline(exit).open();
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        new ExecutorLoop(
                        new FrameStreams(
                                frames(
                                        new Frame(
                                                FrameKind.LOAD,
                                                json.writeValueAsBytes(new LoadRequest(
                                                        bundle.toString(), List.of(), FUNCTION, MAX_FRAME, MAX_FRAME)),
                                                NOTHING),
                                        new Frame(
                                                FrameKind.RUN,
                                                json.writeValueAsBytes(new BatchRequest(2, null, 0)),
                                                "[1,2]".getBytes(UTF_8)),
                                        new Frame(
                                                FrameKind.RUN,
                                                json.writeValueAsBytes(new BatchRequest(2, 0L, 1)),
                                                NOTHING)),
                                answers,
                                InputStream.nullInputStream()),
                        taskState,
                        output,
                        exit)
                .run();
        TrainingAnswers.read(answers.toByteArray())
                .last(FrameKind.READY, FrameKind.LOADED, FrameKind.DONE, FrameKind.DONE);
    }

    /** The end of a stream ends other processes. A failure ends this one too, on whichever thread it is. */
    private static void endUnlessDone(int code) {
        if (code != ProcessExit.DONE) {
            Runtime.getRuntime().halt(code);
        }
    }

    private void warmUp() {
        new ProcessorLoad().hasIdleProcessor();
        new Warmup().runWhile(() -> true);
        new CompilerLoop(InputStream.nullInputStream(), OutputStream.nullOutputStream(), exit).warmUp();
    }

    private static InputStream frames(Frame... frames) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            frame.writeTo(bytes);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }
}
