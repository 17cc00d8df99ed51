package io.minimalcluster.worker.batch;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import io.minimalcluster.model.worker.Heartbeat.RunningTask;
import io.minimalcluster.worker.executor.BatchExecution;
import io.minimalcluster.worker.executor.BatchExecution.Progress;
import io.minimalcluster.worker.executor.BatchExecution.Running;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.report.buffer.ResultBuffer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A batch and its lease, from arrival to end. Its state is guarded by its monitor. */
public final class LeasedBatch {
    private final WorkerId worker;
    private final Batch batch;
    private final ResultBuffer buffer;
    private final ChangeCounter changeCounter;
    private int end;
    private boolean wanted = true;
    private boolean finished;
    private @Nullable Thread waiting;
    private @Nullable BatchExecution execution;
    private @Nullable String refusal;

    public LeasedBatch(WorkerId worker, Batch batch, ResultBuffer buffer, ChangeCounter changeCounter) {
        this.worker = worker;
        this.batch = batch;
        this.buffer = buffer;
        this.changeCounter = changeCounter;
        this.end = batch.count();
    }

    /** The registration under which the lease was granted. */
    public WorkerId worker() {
        return worker;
    }

    public Batch batch() {
        return batch;
    }

    public LeaseId leaseId() {
        return batch.leaseId();
    }

    public ResultBuffer resultBuffer() {
        return buffer;
    }

    /**
     * Registers the calling thread, which waits for a bundle or a slot, to be interrupted on a stop. Returns false if
     * the batch is already stopped.
     */
    synchronized boolean beginWait() {
        waiting = wanted ? Thread.currentThread() : null;
        return wanted;
    }

    /** Runs the batch, unless it was stopped. */
    void run(BatchExecution prepared) throws IOException, InterruptedException {
        if (startExecution(prepared)) {
            prepared.run();
        }
    }

    private synchronized boolean startExecution(BatchExecution prepared) {
        waiting = null;
        // A stop may have interrupted the wait just before; the interrupt must not reach the run.
        boolean interrupted = Thread.interrupted();
        if (!wanted || end == 0) {
            return false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (end < batch.count()) {
            prepared.shrink(end);
        }
        execution = prepared;
        return true;
    }

    /** Marks the batch as finished: its remaining results are posted, and its slot is free. */
    void finish() {
        synchronized (this) {
            waiting = null;
            finished = true;
        }
        buffer.finish();
        changeCounter.raise();
    }

    /** Refuses the batch: its tasks without an outcome are to be run by another worker. */
    synchronized void refuse(String reason) {
        refusal = reason;
    }

    /** Why this worker cannot run the batch, if it cannot. */
    public synchronized Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    public synchronized boolean isFinished() {
        return finished;
    }

    /** Whether the batch is still to be run. */
    synchronized boolean isWanted() {
        return wanted;
    }

    /** Handles a lost lease: kills the running task and discards the results. */
    void stop() {
        buffer.drop();
        synchronized (this) {
            wanted = false;
            if (execution != null) {
                execution.stop();
            } else {
                interruptWait();
            }
        }
    }

    /** Returns the tasks that have not started. The running task continues. */
    public synchronized void returnUnstarted() {
        if (execution == null) {
            wanted = false;
            interruptWait();
        } else {
            execution.endAfterTask();
        }
    }

    /** Kills the running task. Completed outcomes are posted, and the other tasks are returned. */
    public synchronized void abort() {
        if (finished) {
            return;
        }
        returnUnstarted();
        if (execution != null) {
            execution.stop();
        }
    }

    private void interruptWait() {
        if (waiting != null) {
            waiting.interrupt();
            waiting = null;
        }
    }

    /** Returns the tasks from a position on, as the master ordered. Returns false if they are returned already. */
    public synchronized boolean shrink(long reportedPosition) {
        int position = batch.positionOf(reportedPosition);
        if (position >= end) {
            return false;
        }
        end = position;
        if (execution != null) {
            execution.shrink(position);
        }
        notifyAll();
        return true;
    }

    /** The end of the positions that are still leased, exclusive. */
    public synchronized int end() {
        return end;
    }

    /** Waits for an order to return tasks before a position. Returns whether there was one. */
    public synchronized boolean awaitEndBefore(int position, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; end >= position && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return end < position;
    }

    /** The progress that a heartbeat reports. */
    synchronized LeaseProgress progress() {
        if (finished) {
            return new LeaseProgress(leaseId(), List.of(), batch.reportedPosition(end));
        }
        if (execution == null) {
            return new LeaseProgress(leaseId(), List.of(), batch.reportedPosition(0));
        }
        Progress progress = execution.progress();
        Running running = progress.running();
        List<RunningTask> tasks = running == null
                ? List.of()
                : List.of(new RunningTask(
                        batch.indexAt(running.position()), running.time().toNanos() / 1e9));
        return new LeaseProgress(leaseId(), tasks, batch.reportedPosition(Math.min(progress.next(), end)));
    }
}
