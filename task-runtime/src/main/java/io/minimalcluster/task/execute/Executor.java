package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.Elements;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.FrameKind;
import io.minimalcluster.task.frame.Load;
import io.minimalcluster.task.frame.Marks;
import io.minimalcluster.task.frame.Run;
import io.minimalcluster.task.function.Target;
import io.minimalcluster.task.process.Exit;
import io.minimalcluster.task.process.Inbox;
import io.minimalcluster.task.process.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers LOAD and RUN until the stream ends. Tasks run on the thread that calls {@link #run}. */
public final class Executor {
    private final Wire wire;
    private final Inbox inbox;
    private final Pulse pulse;
    private final Lifeline lifeline;
    private final Marks marks;
    private final TaskOutput output;
    private final Exit exit;
    private @Nullable UserCode code;
    private @Nullable LoadedFunction function;
    private volatile @Nullable Outcomes outcomes;

    public Executor(InputStream in, OutputStream out, Marks marks, TaskOutput output, Exit exit) {
        wire = new Wire(out);
        inbox = new Inbox(in, exit);
        pulse = new Pulse(exit);
        lifeline = new Lifeline(marks, exit);
        this.marks = marks;
        this.output = output;
        this.exit = exit;
    }

    /** Says READY and serves. */
    public void run() {
        inbox.open();
        pulse.open();
        lifeline.open();
        try {
            wire.send(Frame.of(FrameKind.READY));
            new Rehearsal().runWhile(inbox::isEmpty);
            for (Optional<Frame> next = inbox.take(); next.isPresent(); next = inbox.take()) {
                answer(next.get());
            }
        } catch (IOException | RuntimeException e) {
            exit.because(e);
        }
    }

    /** Sends what is through, for a process that user code is about to end. */
    public void flush() {
        Outcomes pending = outcomes;
        if (pending != null) {
            try {
                pending.send();
            } catch (IOException _) {
                return; // nobody listens any more
            }
        }
    }

    private void answer(Frame frame) throws IOException {
        switch (frame.kind()) {
            case LOAD -> load(Headers.readLoad(frame.header()), frame.body());
            case RUN -> run(Headers.readRun(frame.header()), frame.body());
            case COMPILE, READY, LOADED, FAILED, PART, DONE, COMPILED, REJECTED, NAME, NAMED ->
                throw new ProtocolException("a " + frame.kind() + " frame to an executor");
        }
    }

    private void load(Load load, byte[] shared) throws IOException {
        function = null;
        output.limit(load.maxOutputBytes());
        Optional<TaskError> problem = bind(load, load.shared() == null ? null : shared);
        wire.send(
                problem.isPresent()
                        ? new Frame(FrameKind.FAILED, Headers.of(problem.get()), new byte[0])
                        : Frame.of(FrameKind.LOADED));
    }

    private Optional<TaskError> bind(Load load, byte @Nullable [] shared) {
        try {
            UserCode loaded = codeOf(load);
            Optional<Target> target = loaded.find(load.method());
            target.ifPresent(found -> function = new LoadedFunction(loaded, found, new Manner(load.fold(), shared)));
            outcomes = new Outcomes(wire, load.maxResultBytes());
            return target.isPresent()
                    ? Optional.empty()
                    : Optional.of(TaskErrors.unloadable("the environment has no function " + load.method()));
        } catch (IOException e) {
            return Optional.of(TaskErrors.unloadable("the environment's bundle can't be read: " + e));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return Optional.of(TaskErrors.unloadable(load.method() + " can't be loaded: " + e));
        }
    }

    private UserCode codeOf(Load load) throws IOException {
        Path bundle = Path.of(load.bundle());
        if (code == null || !code.isOf(bundle)) {
            if (code != null) {
                code.close();
            }
            code = UserCode.open(bundle, load.libraries().stream().map(Path::of).toList());
            Thread.currentThread().setContextClassLoader(code.loader());
        }
        return code;
    }

    private void run(Run run, byte[] arguments) throws IOException {
        Outcomes pending = outcomes;
        if (function == null || pending == null) {
            throw new ProtocolException("a RUN frame before a LOAD that succeeded");
        }
        pending.start();
        pulse.start(pending);
        Batch batch = new Batch(function, pending, output, marks, exit);
        if (run.from() == null) {
            batch.overElements(run.count(), new Elements(arguments));
        } else {
            batch.overRange(run.count(), run.from(), run.step());
        }
        pulse.stop();
        pending.send();
        wire.send(Frame.of(FrameKind.DONE));
    }
}
