package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import io.minimalcluster.worker.executor.protocol.ReceivedPartCheck;
import io.minimalcluster.worker.launch.JvmEndedException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one executor does for a batch: it loads and runs what remains, until that is all, it is told to start no more,
 * or it ends.
 */
final class ExecutorSession {
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** How often in a row an executor that is between tasks may say nothing in {@link #WAIT}. */
    private static final int SILENCE = 30;

    private final ExecutorProcess executor;
    private final RemainingWork remainingWork;
    private final Consumer<ExecutedPart> parts;
    private final TaskTimeoutMonitor timeoutMonitor;
    private volatile @Nullable RunMonitor monitor;

    /** No position from there on is started; written under this object's lock, as is what the executor knows of it. */
    private volatile int end = Integer.MAX_VALUE;

    /** Whether the executor serves this; guarded by this object's lock. */
    private boolean open = true;

    /** How it came to its end. */
    sealed interface End {
        /** Nothing remains. */
        record Through() implements End {}

        /** The function can't be loaded: no task can run. */
        record Refused(TaskError error) implements End {}

        /** It is of no more use: a task had no memory left, or it runs what was taken back. */
        record Exhausted() implements End {}

        /**
         * The executor ended, or has to.
         *
         * @param violation what was wrong with what it sent; null if nothing was
         */
        record Broken(@Nullable String violation) implements End {}
    }

    ExecutorSession(
            ExecutorProcess executor,
            RemainingWork remainingWork,
            Consumer<ExecutedPart> parts,
            TaskTimeoutMonitor timeoutMonitor) {
        this.executor = executor;
        this.remainingWork = remainingWork;
        this.parts = parts;
        this.timeoutMonitor = timeoutMonitor;
    }

    ExecutorProcess executor() {
        return executor;
    }

    /** What runs, or ran last; empty before the first task could be started. */
    Optional<RunMonitor> turn() {
        return Optional.ofNullable(monitor);
    }

    /** @throws IOException if the executor can't be given the bundle */
    End work() throws IOException, InterruptedException {
        try {
            Optional<TaskError> refusal = executor.load(remainingWork.work(), timeoutMonitor.limits());
            if (refusal.isPresent()) {
                return new End.Refused(refusal.get());
            }
            boolean goesOn = true;
            for (Optional<PositionRange> next = next(); goesOn && next.isPresent(); next = next()) {
                goesOn = run(next.get());
            }
            return goesOn ? new End.Through() : new End.Exhausted();
        } catch (JvmEndedException ended) {
            return new End.Broken(null);
        } catch (ProtocolException violation) {
            return new End.Broken(violation.getMessage());
        }
    }

    private Optional<PositionRange> next() {
        return remainingWork.next().filter(span -> span.start() < end);
    }

    /** Lets the executor start nothing from a position on. By any thread. */
    synchronized void endAt(int position) {
        end = Math.min(end, position);
        if (monitor != null) {
            tellEnd(monitor);
        }
    }

    private synchronized void begin(RunMonitor next) {
        monitor = next;
        tellEnd(next);
    }

    private void tellEnd(RunMonitor current) {
        try {
            if (open) {
                executor.endAt(
                        end == Integer.MAX_VALUE
                                ? TaskStateFile.NO_END
                                : Math.max(0, end - current.span().start()));
            }
        } catch (IOException gone) {
            executor.kill(); // it could start what is not to run
        }
    }

    /** Ends the executor, if it still serves this. By any thread. */
    synchronized void kill() {
        if (open) {
            executor.kill();
        }
    }

    /** The executor may serve another from now on. */
    synchronized void close() {
        open = false;
    }

    /** False when the executor is not fit to go on. */
    private boolean run(PositionRange span) throws JvmEndedException, ProtocolException, InterruptedException {
        RunMonitor current =
                timeoutMonitor.turn(executor, span, remainingWork.work().taskTimeout());
        begin(current);
        Future<?> looks = timeoutMonitor.look(current);
        try {
            executor.send(remainingWork.arguments().run(span));
            return receive(current);
        } finally {
            looks.cancel(false);
        }
    }

    private boolean receive(RunMonitor current) throws JvmEndedException, ProtocolException, InterruptedException {
        int expected = 0;
        int length = current.span().length();
        while (true) {
            Frame frame = next(current);
            switch (frame.kind()) {
                case PART -> {
                    ExecutedPart part = ReceivedPartCheck.read(
                            frame,
                            expected,
                            length,
                            maxResultBytes(),
                            timeoutMonitor.limits().maxOutputBytes());
                    expected += part.count();
                    hand(part.movedBy(current.span().start()));
                    if (part.isOutOfMemory() || (expected < length && isGivenUp(current, expected))) {
                        return false;
                    }
                }
                case DONE -> {
                    if (expected < Math.min(length, end - current.span().start())) {
                        throw new ProtocolException("an end after " + expected + " of " + length + " results");
                    }
                    return true;
                }
                case LOAD, RUN, COMPILE, READY, LOADED, FAILED, COMPILED, REJECTED, NAME, NAMED ->
                    throw new ProtocolException("a " + frame.kind() + " frame in a batch");
            }
        }
    }

    /** It is busy, and with nothing that is wanted: what it has yet to run was taken back. */
    private boolean isGivenUp(RunMonitor current, int next) {
        return !remainingWork.isWanted(new PositionRange(
                        current.span().start() + next, current.span().end()))
                && !current.isIdle();
    }

    private int maxResultBytes() {
        return Math.min(
                remainingWork.work().maxResultBytes(), timeoutMonitor.limits().maxResultBytes());
    }

    private Frame next(RunMonitor current) throws JvmEndedException, ProtocolException, InterruptedException {
        for (int silent = 0; silent < SILENCE; silent = current.isIdle() ? silent + 1 : 0) {
            Optional<Frame> frame = executor.receive(WAIT);
            if (frame.isPresent()) {
                return frame.get();
            }
        }
        throw new ProtocolException("nothing for " + SILENCE + " s, with no task running");
    }

    /** Passes on what of a part is still wanted. */
    private void hand(ExecutedPart part) {
        remainingWork.take(part).ifPresent(parts);
    }
}
