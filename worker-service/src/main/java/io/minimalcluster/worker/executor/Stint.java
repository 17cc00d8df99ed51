package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.Marks;
import io.minimalcluster.worker.launch.JvmEnded;
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
final class Stint {
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** How often in a row an executor that is between tasks may say nothing in {@link #WAIT}. */
    private static final int SILENCE = 30;

    private final Executor executor;
    private final Shares shares;
    private final Consumer<ExecutedPart> parts;
    private final Watch watch;
    private volatile @Nullable Turn turn;

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

    Stint(Executor executor, Shares shares, Consumer<ExecutedPart> parts, Watch watch) {
        this.executor = executor;
        this.shares = shares;
        this.parts = parts;
        this.watch = watch;
    }

    Executor executor() {
        return executor;
    }

    /** What runs, or ran last; empty before the first task could be started. */
    Optional<Turn> turn() {
        return Optional.ofNullable(turn);
    }

    /** @throws IOException if the executor can't be given the bundle */
    End work() throws IOException, InterruptedException {
        try {
            Optional<TaskError> refusal = executor.load(shares.work(), watch.limits());
            if (refusal.isPresent()) {
                return new End.Refused(refusal.get());
            }
            boolean goesOn = true;
            for (Optional<Span> next = next(); goesOn && next.isPresent(); next = next()) {
                goesOn = run(next.get());
            }
            return goesOn ? new End.Through() : new End.Exhausted();
        } catch (JvmEnded ended) {
            return new End.Broken(null);
        } catch (ProtocolException violation) {
            return new End.Broken(violation.getMessage());
        }
    }

    private Optional<Span> next() {
        return shares.next().filter(span -> span.start() < end);
    }

    /** Lets the executor start nothing from a position on. By any thread. */
    synchronized void endAt(int position) {
        end = Math.min(end, position);
        if (turn != null) {
            tellEnd(turn);
        }
    }

    private synchronized void begin(Turn next) {
        turn = next;
        tellEnd(next);
    }

    private void tellEnd(Turn current) {
        try {
            if (open) {
                executor.endAt(
                        end == Integer.MAX_VALUE
                                ? Marks.NO_END
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
    private boolean run(Span span) throws JvmEnded, ProtocolException, InterruptedException {
        Turn current = watch.turn(executor, span, shares.work().taskTimeout());
        begin(current);
        Future<?> looks = watch.look(current);
        try {
            executor.send(shares.arguments().run(span));
            return receive(current);
        } finally {
            looks.cancel(false);
        }
    }

    private boolean receive(Turn current) throws JvmEnded, ProtocolException, InterruptedException {
        int expected = 0;
        int length = current.span().length();
        while (true) {
            Frame frame = next(current);
            switch (frame.kind()) {
                case PART -> {
                    ExecutedPart part = ReceivedPart.read(
                            frame,
                            expected,
                            length,
                            maxResultBytes(),
                            watch.limits().maxOutputBytes());
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
    private boolean isGivenUp(Turn current, int next) {
        return !shares.isWanted(
                        new Span(current.span().start() + next, current.span().end()))
                && !current.isIdle();
    }

    private int maxResultBytes() {
        return Math.min(shares.work().maxResultBytes(), watch.limits().maxResultBytes());
    }

    private Frame next(Turn current) throws JvmEnded, ProtocolException, InterruptedException {
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
        shares.take(part).ifPresent(parts);
    }
}
