package io.minimalcluster.worker.executor;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.worker.executor.protocol.BatchArguments;
import io.minimalcluster.worker.executor.protocol.BatchRefusedException;
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

/** The run of a batch, in as many executors as it takes. An executor that crashes is replaced. */
final class BatchRun implements BatchExecution {
    /** After this many consecutive executors that end while loading, all tasks fail. */
    private static final int MAX_LOAD_FAILURES = 2;

    private static final Logger log = LoggerFactory.getLogger(BatchRun.class);

    private final BatchSpec work;
    private final BatchListener listener;
    private final ExecutorPool pool;
    private final BatchArguments arguments;
    private final RemainingPositions remaining;
    private volatile @Nullable ExecutorSession session;
    private volatile boolean stopped;
    private volatile boolean ending;
    private int loadFailures;
    private boolean isolatesTasks;

    BatchRun(BatchSpec work, BatchListener listener, ExecutorPool pool) {
        this.work = work;
        this.listener = part -> listener.part(pool.limitMessages().explain(part));
        this.pool = pool;
        this.arguments = new BatchArguments(work);
        this.remaining = new RemainingPositions(work.count());
    }

    @Override
    public void run() throws ExecutorUnavailableException, BatchRefusedException, InterruptedException {
        while (isWanted()) {
            ExecutorProcess executor = pool.take(ExecutorBinding.of(work));
            try {
                handleEnd(runIn(executor));
            } catch (BatchRefusedException | ExecutorUnavailableException refused) {
                throw refused;
            } catch (IOException unreadable) {
                throw new ExecutorUnavailableException("an executor can't be given its bundle: " + unreadable);
            } finally {
                closeSession();
                pool.release(executor);
            }
        }
    }

    private boolean isWanted() {
        return !ending && hasRemaining();
    }

    private boolean hasRemaining() {
        return !stopped && !remaining.isEmpty();
    }

    /** Ends the session, so that a later order does not reach the executor. */
    private void closeSession() {
        ExecutorSession last = session;
        if (last != null) {
            last.close();
            session = null;
        }
    }

    private EndedSession runIn(ExecutorProcess executor) throws IOException, InterruptedException {
        RemainingWork remainingWork = new RemainingWork(work, arguments, remaining, isolatesTasks);
        ExecutorSession current = new ExecutorSession(executor, remainingWork, this::forward, pool.timeoutMonitor());
        session = current;
        if (!isWanted()) {
            return new EndedSession(current, new ExecutorSession.End.Completed());
        }
        boolean returned = false;
        try {
            EndedSession ended = new EndedSession(current, current.run());
            returned = true;
            return ended;
        } finally {
            if (!returned) {
                executor.kill();
            }
        }
    }

    private record EndedSession(ExecutorSession session, ExecutorSession.End end) {}

    private void handleEnd(EndedSession ended)
            throws ExecutorUnavailableException, BatchRefusedException, InterruptedException {
        switch (ended.end()) {
            case ExecutorSession.End.Completed() -> loadFailures = 0;
            case ExecutorSession.End.LoadFailed(TaskError error) -> {
                if (ProcessFailures.mayLoadElsewhere(error)) {
                    throw new BatchRefusedException("the worker cannot load it: " + error.message());
                }
                pool.faultAttribution().recordExit();
                failAll(error);
            }
            case ExecutorSession.End.Exhausted() -> ended.session().executor().kill();
            case ExecutorSession.End.Broken(String violation) ->
                attributeExit(
                        ended.session(),
                        violation != null
                                ? violation
                                : ended.session()
                                        .monitor()
                                        .map(RunMonitor::violation)
                                        .orElse(null));
        }
    }

    /**
     * Attributes the exit of an executor to a task. After a protocol violation, or when no task ran, the task is
     * uncertain: the rest then runs one task at a time. An executor that ended because this worker was frozen is
     * attributed to no task, and the rest runs again.
     */
    private void attributeExit(ExecutorSession ended, @Nullable String violation)
            throws ExecutorUnavailableException, InterruptedException {
        ExitReport exitReport = ended.executor().end();
        Optional<RunMonitor> monitor = ended.monitor();
        if (!hasRemaining() || pool.isClosed()) {
            return;
        }
        if (monitor.isEmpty()) {
            recordLoadFailure(ProcessFailures.ended(exitReport, violation));
            return;
        }
        if (exitReport.isCutOff() && monitor.get().missedSignals()) {
            log.warn(
                    "event=executor.fenced method={} action=\"its task runs again, the attempt is not counted\"",
                    work.method());
            return;
        }
        OptionalInt overdue = withoutOutcome(monitor.get().overdue());
        if (overdue.isEmpty() && monitor.get().overdue().isPresent()) {
            return; // it ended just before the kill, and the task after it did not cause the exit
        }
        boolean marksAreReliable = violation == null && exitReport.fault() == null;
        OptionalInt running = marksAreReliable ? withoutOutcome(monitor.get().running()) : OptionalInt.empty();
        if (overdue.isPresent()) {
            fail(
                    overdue.getAsInt(),
                    ProcessFailures.timeout(work.taskTimeout()),
                    ended.executor().taskOutput());
        } else if (running.isPresent() || isolatesTasks) {
            pool.faultAttribution().recordExit();
            fail(
                    running.orElse(monitor.get().span().start()),
                    ended.executor().isOverMemory()
                            ? LimitMessages.overMemory(pool.limits().memoryBytes())
                            : ProcessFailures.ended(exitReport, violation),
                    running.isPresent() ? ended.executor().taskOutput() : new byte[0]);
        } else {
            isolatesTasks = true;
        }
    }

    /** Excludes a task that has an outcome: it did not cause the exit. */
    private OptionalInt withoutOutcome(OptionalInt position) {
        return position.isPresent() && remaining.contains(position.getAsInt()) ? position : OptionalInt.empty();
    }

    private void recordLoadFailure(TaskError error) throws ExecutorUnavailableException, InterruptedException {
        loadFailures++;
        if (loadFailures == MAX_LOAD_FAILURES) {
            pool.faultAttribution().verifyWorker();
            failAll(error);
        }
    }

    /** @param printed what the task has printed, as far as the process left it */
    private void fail(int position, TaskError error, byte[] printed) {
        loadFailures = 0;
        remaining
                .take(new PositionRange(position, position + 1))
                .ifPresent(one -> listener.part(ExecutedPart.failed(one, error)
                        .printed(printed, pool.limits().maxOutputBytes())));
    }

    private void failAll(TaskError error) {
        remaining.takeAll().forEach(span -> listener.part(ExecutedPart.failed(span, error)));
    }

    /** Delivers a part of an executor, even after a stop: the tasks have run, and need not run again. */
    private void forward(ExecutedPart part) {
        loadFailures = 0;
        pool.faultAttribution().recordProgress();
        listener.part(part);
    }

    /** Kills the running task. Outcomes not sent by then are lost. */
    @Override
    public void stop() {
        stopped = true;
        killSession();
    }

    /**
     * Removes the positions from an end on, except those with an outcome. Kills the executor if no position remains.
     */
    @Override
    public void shrink(int end) {
        remaining.shrink(end);
        if (remaining.isEmpty()) {
            killSession();
        } else {
            endSession(end);
        }
    }

    @Override
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

    @Override
    public Progress progress() {
        ExecutorSession current = session;
        return (current == null ? Optional.<RunMonitor>empty() : current.monitor())
                .map(monitor -> monitor.progress(remaining, work.count()))
                .orElseGet(() -> new Progress(null, remaining.firstFrom(0).orElse(work.count())));
    }
}
