package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.worker.launch.Ending;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch on its way through as many executors as it takes. */
public final class BatchRun {
    /** How many executors may end in a row before they are ready to run a task. */
    private static final int UNLOADABLE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(BatchRun.class);

    private final BatchWork work;
    private final BatchListener listener;
    private final ExecutorPool pool;
    private final Arguments arguments;
    private final Remaining remaining;
    private volatile @Nullable Stint stint;
    private volatile boolean stopped;
    private volatile boolean ending;
    private int unloaded;
    private boolean careful;

    BatchRun(BatchWork work, BatchListener listener, ExecutorPool pool) {
        this.work = work;
        this.listener = listener;
        this.pool = pool;
        this.arguments = new Arguments(work);
        this.remaining = new Remaining(work.count());
    }

    /**
     * Runs until every position has an outcome, or it is to run no more. Once, on the thread that hears the parts.
     *
     * @throws ExecutorUnavailable if no executor can be had; what has no outcome yet was not charged
     */
    public void run() throws ExecutorUnavailable, InterruptedException {
        while (isWanted()) {
            Executor executor = pool.take(Binding.of(work));
            try {
                conclude(work(executor));
            } catch (IOException unreadable) {
                throw new ExecutorUnavailable("an executor can't be given its bundle: " + unreadable);
            } finally {
                release();
                pool.giveBack(executor);
            }
        }
    }

    private boolean isWanted() {
        return !ending && isOpen();
    }

    private boolean isOpen() {
        return !stopped && !remaining.isEmpty();
    }

    /** From here on no order reaches the executor. */
    private void release() {
        Stint last = stint;
        if (last != null) {
            last.close();
            stint = null;
        }
    }

    private Concluded work(Executor executor) throws IOException, InterruptedException {
        Shares shares = new Shares(work, arguments, remaining, careful);
        Stint current = new Stint(executor, shares, this::take, pool.watch());
        stint = current;
        if (!isWanted()) {
            return new Concluded(current, new Stint.End.Through());
        }
        boolean returned = false;
        try {
            Concluded concluded = new Concluded(current, current.work());
            returned = true;
            return concluded;
        } finally {
            if (!returned) {
                executor.kill();
            }
        }
    }

    private record Concluded(Stint stint, Stint.End end) {}

    private void conclude(Concluded concluded) throws ExecutorUnavailable, InterruptedException {
        switch (concluded.end()) {
            case Stint.End.Through() -> unloaded = 0;
            case Stint.End.Refused(TaskError error) -> {
                pool.doubt().ended();
                failAll(error);
            }
            case Stint.End.Exhausted() -> concluded.stint().executor().kill();
            case Stint.End.Broken(String violation) -> bury(concluded.stint(), violation);
        }
    }

    /**
     * An executor ended: finds the task to blame. Where it had to be ended for what it sent or wrote, its marks may
     * have moved on; then, as when no task ran, the rest is run one by one, so that there is no doubt the next time.
     * One that ended itself because this worker stood still has no task to blame, and its rest is run again.
     */
    private void bury(Stint ended, @Nullable String violation) throws ExecutorUnavailable, InterruptedException {
        Ending ending = ended.executor().end();
        Optional<Turn> turn = ended.turn();
        if (!isOpen() || pool.isClosed()) {
            return;
        }
        if (turn.isEmpty()) {
            unloadable(Failures.ended(ending, violation));
            return;
        }
        if (ending.isCutOff() && turn.get().wasCutOff()) {
            LOG.warn("event=executor-cut-off method={} now=\"its task runs again, uncharged\"", work.method());
            return;
        }
        OptionalInt overdue = open(turn.get().overdue());
        boolean exact = violation == null && ending.fault() == null;
        OptionalInt running = exact ? open(turn.get().running()) : OptionalInt.empty();
        if (overdue.isPresent()) {
            fail(overdue.getAsInt(), Failures.timeout(work.taskTimeout()));
        } else if (running.isPresent() || careful) {
            pool.doubt().ended();
            fail(running.orElse(turn.get().span().start()), Failures.ended(ending, violation));
        } else {
            careful = true;
        }
    }

    /** Those that have an outcome can't be to blame. */
    private OptionalInt open(OptionalInt position) {
        return position.isPresent() && remaining.contains(position.getAsInt()) ? position : OptionalInt.empty();
    }

    private void unloadable(TaskError error) throws ExecutorUnavailable, InterruptedException {
        unloaded++;
        if (unloaded == UNLOADABLE) {
            pool.doubt().settle();
            failAll(error);
        }
    }

    private void fail(int position, TaskError error) {
        unloaded = 0;
        remaining
                .take(new Span(position, position + 1))
                .ifPresent(one -> listener.part(ExecutedPart.failed(one, error)));
    }

    private void failAll(TaskError error) {
        remaining.takeAll().forEach(span -> listener.part(ExecutedPart.failed(span, error)));
    }

    /** Of what an executor has done. Also when it was stopped since: that took its time, and need not be done again. */
    private void take(ExecutedPart part) {
        unloaded = 0;
        pool.doubt().worked();
        listener.part(part);
    }

    /** Ends what runs, at once; what it has not sent by then gets no outcome. By any thread. */
    public void stop() {
        stopped = true;
        killStint();
    }

    /**
     * Positions from there on get no outcome any more, but those that have one. Where that leaves nothing to do, what
     * runs is ended. By any thread.
     */
    public void shrink(int end) {
        remaining.shrink(end);
        if (remaining.isEmpty()) {
            killStint();
        } else {
            endStint(end);
        }
    }

    /** Starts nothing more; what runs comes to its end. By any thread. */
    public void endAfterTask() {
        ending = true;
        endStint(0);
    }

    private void endStint(int end) {
        Stint current = stint;
        if (current != null) {
            current.endAt(end);
        }
    }

    private void killStint() {
        Stint current = stint;
        if (current != null) {
            current.kill();
        }
    }

    /** How far it got. By any thread. */
    public Progress progress() {
        Stint current = stint;
        return (current == null ? Optional.<Turn>empty() : current.turn())
                .map(turn -> turn.progress(remaining, work.count()))
                .orElseGet(() -> new Progress(
                        OptionalInt.empty(), 0, remaining.firstFrom(0).orElse(work.count())));
    }
}
