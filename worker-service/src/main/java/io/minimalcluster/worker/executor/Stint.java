package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.worker.launch.JvmEnded;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one executor does for a batch: it loads and runs what remains, until that is all or it ends. */
final class Stint {
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** How often in a row an executor that is between tasks may say nothing in {@link #WAIT}. */
    private static final int SILENCE = 30;

    private final Executor executor;
    private final Shares shares;
    private final Consumer<ExecutedPart> parts;
    private final Watch watch;
    private volatile @Nullable Turn turn;

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
            for (Optional<Span> next = shares.next(); goesOn && next.isPresent(); next = shares.next()) {
                goesOn = run(next.get());
            }
            return goesOn ? new End.Through() : new End.Exhausted();
        } catch (JvmEnded ended) {
            return new End.Broken(null);
        } catch (ProtocolException violation) {
            return new End.Broken(violation.getMessage());
        }
    }

    /** False when the executor is not fit to go on. */
    private boolean run(Span span) throws JvmEnded, ProtocolException, InterruptedException {
        Turn current = watch.turn(executor, span, shares.work().taskTimeout());
        turn = current;
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
                    if (expected < length) {
                        throw new ProtocolException("an end after " + expected + " of " + length + " results");
                    }
                    return true;
                }
                case LOAD, RUN, COMPILE, READY, LOADED, FAILED, COMPILED, REJECTED, NAME, NAMED ->
                    throw new ProtocolException("a " + frame.kind() + " frame in a batch");
            }
        }
    }

    /** What it has yet to run was taken back: it is busy with nothing that is wanted. */
    private boolean isGivenUp(Turn current, int next) {
        return !shares.isWanted(
                new Span(current.span().start() + next, current.span().end()));
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
