package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.JsonElements;
import io.minimalcluster.task.frame.BatchRequest;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.LoadRequest;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.process.FrameReader;
import io.minimalcluster.task.process.FrameStreams;
import io.minimalcluster.task.process.FrameWriter;
import io.minimalcluster.task.process.ProcessExit;
import io.minimalcluster.task.process.ProcessorLoad;
import io.minimalcluster.task.process.WarmUpDelay;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The main loop of the executor process. It answers LOAD and RUN frames until the stream ends. Tasks run on the thread
 * that calls {@link #run}.
 */
public final class ExecutorLoop {
    private static final byte[] NOTHING = {};
    private static final byte[] NOT_REUSABLE = {1};

    private final FrameWriter writer;
    private final FrameReader reader;
    private final PeriodicFlush periodicFlush;
    private final LivenessWatchdog watchdog;
    private final TaskStateFile taskState;
    private final TaskBoundary boundary;
    private final ProcessExit exit;
    private @Nullable LoadedBundle code;
    private @Nullable LoadedFunction function;
    private volatile @Nullable ResultFrames outcomes;
    private volatile boolean isRunning;

    public ExecutorLoop(FrameStreams streams, TaskStateFile taskState, TaskOutput output, ProcessExit exit) {
        writer = new FrameWriter(streams.out());
        reader = new FrameReader(streams.in(), exit);
        periodicFlush = new PeriodicFlush(exit);
        watchdog = new LivenessWatchdog(taskState, () -> isRunning, exit);
        this.taskState = taskState;
        boundary = new TaskBoundary(output, streams.printed(), exit);
        this.exit = exit;
    }

    /** Sends READY, warms up while a processor is idle and no frame waits, and then answers frames. */
    public void run() {
        reader.open();
        periodicFlush.open();
        watchdog.open();
        boundary.open();
        try {
            writer.send(Frame.of(FrameKind.READY));
            if (new WarmUpDelay(reader, new ProcessorLoad()).awaitIdleProcessor()) {
                new Warmup().runWhile(reader::isEmpty);
            }
            for (Optional<Frame> next = reader.take(); next.isPresent(); next = reader.take()) {
                answer(next.get());
            }
        } catch (IOException | RuntimeException | Error e) { // other threads would keep the process alive
            exit.fail(e);
        }
    }

    /** Sends finished outcomes before user code ends the process. */
    public void flush() {
        ResultFrames pending = outcomes;
        if (pending != null) {
            try {
                pending.send();
            } catch (IOException _) {
                return; // the worker has closed the stream
            }
        }
    }

    private void answer(Frame frame) throws IOException {
        switch (frame.kind()) {
            case LOAD -> load(FrameHeaders.readLoad(frame.header()), frame.body());
            case RUN -> run(FrameHeaders.readRun(frame.header()), frame.body());
            case COMPILE, READY, LOADED, FAILED, PART, DONE, COMPILED, REJECTED, NAME, NAMED ->
                throw new ProtocolException("a " + frame.kind() + " frame to an executor");
        }
    }

    private void load(LoadRequest load, byte[] shared) throws IOException {
        function = null;
        boundary.limitOutput(load.maxOutputBytes());
        Optional<TaskError> problem = bind(load, load.shared() == null ? null : shared);
        writer.send(
                problem.isPresent()
                        ? new Frame(FrameKind.FAILED, FrameHeaders.of(problem.get()), NOTHING)
                        : Frame.of(FrameKind.LOADED));
    }

    private Optional<TaskError> bind(LoadRequest load, byte @Nullable [] shared) {
        try {
            LoadedBundle loaded = codeOf(load);
            Optional<Target> target = loaded.find(load.method());
            target.ifPresent(
                    found -> function = new LoadedFunction(loaded, found, new ExecutionMode(load.fold(), shared)));
            outcomes = new ResultFrames(writer, load.maxResultBytes());
            return target.isPresent()
                    ? Optional.empty()
                    : Optional.of(TaskErrors.loadFailure("the environment has no function " + load.method()));
        } catch (IOException e) {
            return Optional.of(TaskErrors.loadFailure("the environment's bundle can't be read: " + e));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return Optional.of(TaskErrors.loadFailure(load.method() + " can't be loaded: " + e));
        }
    }

    private LoadedBundle codeOf(LoadRequest load) throws IOException {
        Path bundle = Path.of(load.bundle());
        if (code == null || !code.isOf(bundle)) {
            if (code != null) {
                code.close();
            }
            code = LoadedBundle.open(
                    bundle, load.libraries().stream().map(Path::of).toList());
            boundary.use(code.loader());
            SystemLoader.use(code.loader(), code.classPath());
        }
        return code;
    }

    private void run(BatchRequest run, byte[] arguments) throws IOException {
        ResultFrames pending = outcomes;
        if (function == null || pending == null) {
            throw new ProtocolException("a RUN frame before a LOAD that succeeded");
        }
        pending.start();
        isRunning = true;
        periodicFlush.start(pending);
        boundary.startBatch();
        BatchLoop batch = new BatchLoop(function, pending, boundary, taskState, exit);
        if (run.from() == null) {
            batch.overElements(run.count(), new JsonElements(arguments));
        } else {
            batch.overRange(run.count(), run.from(), run.step());
        }
        boundary.endBatch();
        periodicFlush.stop();
        isRunning = false;
        pending.send();
        writer.send(new Frame(FrameKind.DONE, NOTHING, batch.isBroken() ? NOT_REUSABLE : NOTHING));
    }
}
