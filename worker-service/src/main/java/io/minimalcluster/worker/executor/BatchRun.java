package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.worker.executor.protocol.BatchArguments;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import io.minimalcluster.worker.executor.protocol.ExecutedPart;
import io.minimalcluster.worker.executor.protocol.PositionRange;
import io.minimalcluster.worker.launch.ExitReport;
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

    private final BatchSpec work;
    private final BatchListener listener;
    private final ExecutorPool pool;
    private final BatchArguments arguments;
    private final RemainingPositions remaining;
    private volatile @Nullable ExecutorSession session;
    private volatile boolean stopped;
    private volatile boolean ending;
    private int unloaded;
    private boolean careful;

    BatchRun(BatchSpec work, BatchListener listener, ExecutorPool pool) {
        this.work = work;
        this.listener = listener;
        this.pool = pool;
        this.arguments = new BatchArguments(work);
        this.remaining = new RemainingPositions(work.count());
    }

    /**
     * Runs until every position has an outcome, or it is to run no more. Once, on the thread that hears the parts.
     *
     * @throws ExecutorUnavailableException if no executor can be had; what has no outcome yet was not charged
     */
    public void run() throws ExecutorUnavailableException, InterruptedException {
        while (isWanted()) {
            ExecutorProcess executor = pool.take(ExecutorBinding.of(work));
            try {
                conclude(work(executor));
            } catch (IOException unreadable) {
                throw new ExecutorUnavailableException("an executor can't be given its bundle: " + unreadable);
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
        ExecutorSession last = session;
        if (last != null) {
            last.close();
            session = null;
        }
    }

    private Concluded work(ExecutorProcess executor) throws IOException, InterruptedException {
        RemainingWork remainingWork = new RemainingWork(work, arguments, remaining, careful);
        ExecutorSession current = new ExecutorSession(executor, remainingWork, this::take, pool.watch());
        session = current;
        if (!isWanted()) {
            return new Concluded(current, new ExecutorSession.End.Through());
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

    private record Concluded(ExecutorSession session, ExecutorSession.End end) {}

    private void conclude(Concluded concluded) throws ExecutorUnavailableException, InterruptedException {
        switch (concluded.end()) {
            case ExecutorSession.End.Through() -> unloaded = 0;
            case ExecutorSession.End.Refused(TaskError error) -> {
                pool.doubt().ended();
                failAll(error);
            }
            case ExecutorSession.End.Exhausted() ->
                concluded.session().executor().kill();
            case ExecutorSession.End.Broken(String violation) -> attributeExit(concluded.session(), violation);
        }
    }

    /**
     * An executor ended: finds the task to blame. Where it had to be ended for what it sent or wrote, its marks may
     * have moved on; then, as when no task ran, the rest is run one by one, so that there is no doubt the next time.
     * One that ended itself because this worker stood still has no task to blame, and its rest is run again.
     */
    private void attributeExit(ExecutorSession ended, @Nullable String violation)
            throws ExecutorUnavailableException, InterruptedException {
        ExitReport exitReport = ended.executor().end();
        Optional<RunMonitor> monitor = ended.turn();
        if (!isOpen() || pool.isClosed()) {
            return;
        }
        if (monitor.isEmpty()) {
            unloadable(ProcessFailures.ended(exitReport, violation));
            return;
        }
        if (exitReport.isCutOff() && monitor.get().wasCutOff()) {
            LOG.warn("event=executor-cut-off method={} now=\"its task runs again, uncharged\"", work.method());
            return;
        }
        OptionalInt overdue = open(monitor.get().overdue());
        boolean exact = violation == null && exitReport.fault() == null;
        OptionalInt running = exact ? open(monitor.get().running()) : OptionalInt.empty();
        if (overdue.isPresent()) {
            fail(overdue.getAsInt(), ProcessFailures.timeout(work.taskTimeout()));
        } else if (running.isPresent() || careful) {
            pool.doubt().ended();
            fail(running.orElse(monitor.get().span().start()), ProcessFailures.ended(exitReport, violation));
        } else {
            careful = true;
        }
    }

    /** Those that have an outcome can't be to blame. */
    private OptionalInt open(OptionalInt position) {
        return position.isPresent() && remaining.contains(position.getAsInt()) ? position : OptionalInt.empty();
    }

    private void unloadable(TaskError error) throws ExecutorUnavailableException, InterruptedException {
        unloaded++;
        if (unloaded == UNLOADABLE) {
            pool.doubt().settle();
            failAll(error);
        }
    }

    private void fail(int position, TaskError error) {
        unloaded = 0;
        remaining
                .take(new PositionRange(position, position + 1))
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
        killSession();
    }

    /**
     * Positions from there on get no outcome any more, but those that have one. Where that leaves nothing to do, what
     * runs is ended. By any thread.
     */
    public void shrink(int end) {
        remaining.shrink(end);
        if (remaining.isEmpty()) {
            killSession();
        } else {
            endSession(end);
        }
    }

    /** Starts nothing more; what runs comes to its end. By any thread. */
    public void endAfterTask() {
        ending = true;
        endSession(0);
    }

    private void endSession(int end) {
        ExecutorSession current = session;
        if (current != null) {
            current.endAt(end);
        }
    }

    private void killSession() {
        ExecutorSession current = session;
        if (current != null) {
            current.kill();
        }
    }

    /** How far it got. By any thread. */
    public BatchProgress progress() {
        ExecutorSession current = session;
        return (current == null ? Optional.<RunMonitor>empty() : current.turn())
                .map(monitor -> monitor.progress(remaining, work.count()))
                .orElseGet(() -> new BatchProgress(
                        OptionalInt.empty(), 0, remaining.firstFrom(0).orElse(work.count())));
    }
}
