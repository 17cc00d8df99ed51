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
 * The session of one executor in a batch: loads the function and runs the remaining tasks. It ends when none remains,
 * no more tasks may start, or the executor ends.
 */
final class ExecutorSession {
    private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(1);

    /** The number of consecutive timeouts of {@link #RECEIVE_TIMEOUT} without a frame while no task runs. */
    private static final int MAX_IDLE_TIMEOUTS = 30;

    private final ExecutorProcess executor;
    private final RemainingWork remainingWork;
    private final Consumer<ExecutedPart> parts;
    private final TaskTimeoutMonitor timeoutMonitor;
    private volatile @Nullable RunMonitor monitor;

    /**
     * The first position that must not start. Written under this object's lock, together with the value sent to the
     * executor.
     */
    private volatile int end = Integer.MAX_VALUE;

    /** Whether the executor belongs to this session. Guarded by this object's lock. */
    private boolean open = true;

    /** How the session ended. */
    sealed interface End {
        /** No task remains. */
        record Completed() implements End {}

        /** The function cannot be loaded, so no task can run. */
        record LoadFailed(TaskError error) implements End {}

        /** The executor must not be reused: it says so, a task ran out of memory, or it runs a reclaimed task. */
        record Exhausted() implements End {}

        /**
         * The executor ended or must be killed.
         *
         * @param violation why it must be killed; null if it ended
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

    /** The monitor of the current or last run; empty before the first run. */
    Optional<RunMonitor> monitor() {
        return Optional.ofNullable(monitor);
    }

    /**
     * Runs the session.
     *
     * @throws IOException if the bundle cannot be passed to the executor
     */
    End run() throws IOException, InterruptedException {
        try {
            Optional<TaskError> loadError = executor.load(remainingWork.work(), timeoutMonitor.limits());
            if (loadError.isPresent()) {
                return new End.LoadFailed(loadError.get());
            }
            boolean usable = true;
            for (Optional<PositionRange> next = next(); usable && next.isPresent(); next = next()) {
                usable = run(next.get());
            }
            return usable ? new End.Completed() : new End.Exhausted();
        } catch (JvmEndedException ended) {
            return new End.Broken(null);
        } catch (ProtocolException violation) {
            return new End.Broken("it sent " + violation.getMessage());
        }
    }

    private Optional<PositionRange> next() {
        return remainingWork.next().filter(span -> span.start() < end);
    }

    /** Lets the executor start no task from a position on. Thread-safe. */
    synchronized void endAt(int position) {
        end = Math.min(end, position);
        if (monitor != null) {
            writeEnd(monitor);
        }
    }

    private synchronized void setMonitor(RunMonitor next) {
        monitor = next;
        writeEnd(next);
    }

    private void writeEnd(RunMonitor current) {
        try {
            if (open) {
                executor.endAt(
                        end == Integer.MAX_VALUE
                                ? TaskStateFile.NO_END
                                : Math.max(0, end - current.span().start()));
            }
        } catch (IOException _) {
            executor.kill(); // it could otherwise start a task that it must not run
        }
    }

    /** Kills the executor if it still belongs to this session. Thread-safe. */
    synchronized void kill() {
        if (open) {
            executor.kill();
        }
    }

    /** Ends the session; the executor may be used by another session from now on. */
    synchronized void close() {
        open = false;
    }

    /** Runs a range of positions. Returns false if the executor must not be reused. */
    private boolean run(PositionRange span) throws JvmEndedException, ProtocolException, InterruptedException {
        RunMonitor current =
                timeoutMonitor.monitor(executor, span, remainingWork.work().taskTimeout());
        setMonitor(current);
        Future<?> checks = timeoutMonitor.schedule(current);
        try {
            current.startWait(0); // user code can keep the executor from reading
            executor.send(remainingWork.arguments().run(span));
            return receive(current);
        } finally {
            checks.cancel(false);
        }
    }

    private boolean receive(RunMonitor current) throws JvmEndedException, ProtocolException, InterruptedException {
        int expected = 0;
        int length = current.span().length();
        while (true) {
            Frame frame = next(current, expected);
            switch (frame.kind()) {
                case PART -> {
                    ExecutedPart part = ReceivedPartCheck.read(
                            frame,
                            expected,
                            length,
                            maxResultBytes(),
                            timeoutMonitor.limits().maxOutputBytes());
                    expected += part.count();
                    forward(part.movedBy(current.span().start()));
                    if (part.isOutOfMemory() || (expected < length && runsReclaimedTasks(current, expected))) {
                        return false;
                    }
                }
                case DONE -> {
                    if (expected < Math.min(length, end - current.span().start())) {
                        throw new ProtocolException("an end after " + expected + " of " + length + " results");
                    }
                    return frame.body().length == 0;
                }
                case LOAD, RUN, COMPILE, READY, LOADED, FAILED, COMPILED, REJECTED, NAME, NAMED ->
                    throw new ProtocolException("a " + frame.kind() + " frame in a batch");
            }
        }
    }

    /** Whether the executor runs a task while all of its remaining positions were reclaimed. */
    private boolean runsReclaimedTasks(RunMonitor current, int next) {
        return !remainingWork.isWanted(new PositionRange(
                        current.span().start() + next, current.span().end()))
                && !current.isIdle();
    }

    private int maxResultBytes() {
        return Math.min(
                remainingWork.work().maxResultBytes(), timeoutMonitor.limits().maxResultBytes());
    }

    private Frame next(RunMonitor current, int reported)
            throws JvmEndedException, ProtocolException, InterruptedException {
        current.startWait(reported);
        for (int idle = 0; idle < MAX_IDLE_TIMEOUTS; idle = current.isIdle() ? idle + 1 : 0) {
            Optional<Frame> frame = executor.receive(RECEIVE_TIMEOUT);
            if (frame.isPresent()) {
                current.endWait();
                return frame.get();
            }
        }
        throw new ProtocolException("nothing for " + MAX_IDLE_TIMEOUTS + " s, with no task running");
    }

    /** Delivers the outcomes of a part that still remain to be delivered. */
    private void forward(ExecutedPart part) {
        remainingWork.take(part).ifPresent(parts);
    }
}
