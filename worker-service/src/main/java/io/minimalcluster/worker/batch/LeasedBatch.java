package io.minimalcluster.worker.batch;

import io.minimalcluster.model.LeaseId;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.worker.Heartbeat.LeaseProgress;
import io.minimalcluster.model.worker.Heartbeat.RunningTask;
import io.minimalcluster.worker.batch.BatchExecution.Progress;
import io.minimalcluster.worker.batch.BatchExecution.Running;
import io.minimalcluster.worker.master.Batch;
import io.minimalcluster.worker.report.buffer.ResultBuffer;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch that this worker holds the lease of, from its arrival to its end. Its state is guarded by its monitor. */
public final class LeasedBatch {
    private final WorkerId worker;
    private final Batch batch;
    private final ResultBuffer buffer;
    private final ChangeCounter changeCounter;
    private int end;
    private boolean wanted = true;
    private boolean through;
    private @Nullable Thread waiting;
    private @Nullable BatchExecution execution;

    public LeasedBatch(WorkerId worker, Batch batch, ResultBuffer buffer, ChangeCounter changeCounter) {
        this.worker = worker;
        this.batch = batch;
        this.buffer = buffer;
        this.changeCounter = changeCounter;
        this.end = batch.count();
    }

    /** The registration it came under. */
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

    /** What waits for a bundle or a slot says so, to be woken when the batch is not wanted any more. */
    synchronized boolean mayWait() {
        waiting = wanted ? Thread.currentThread() : null;
        return wanted;
    }

    /** Runs it, unless it is not wanted any more. */
    void run(BatchExecution prepared) throws IOException, InterruptedException {
        if (begin(prepared)) {
            prepared.run();
        }
    }

    private synchronized boolean begin(BatchExecution prepared) {
        waiting = null;
        // An order that came just before has interrupted the wait; the run is not to hear of it.
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

    /** Says that nothing of it runs any more: what it has yielded goes out, and its slot is free. */
    void through() {
        synchronized (this) {
            waiting = null;
            through = true;
        }
        buffer.finish();
        changeCounter.raise();
    }

    public synchronized boolean isThrough() {
        return through;
    }

    /** Whether it is to be run. */
    synchronized boolean isWanted() {
        return wanted;
    }

    /** The lease is lost: kills what runs, and nothing more of it is posted. */
    void stop() {
        buffer.drop();
        synchronized (this) {
            wanted = false;
            if (execution != null) {
                execution.stop();
            } else {
                wake();
            }
        }
    }

    /** Gives back what has not started; what runs goes on. */
    public synchronized void giveBack() {
        if (execution == null) {
            wanted = false;
            wake();
        } else {
            execution.endAfterTask();
        }
    }

    /** Kills what runs; what it has yielded is posted, and the rest goes back. */
    public synchronized void abort() {
        if (through) {
            return;
        }
        giveBack();
        if (execution != null) {
            execution.stop();
        }
    }

    private void wake() {
        if (waiting != null) {
            waiting.interrupt();
            waiting = null;
        }
    }

    /** Takes the order to give back the tasks from a place on; false if they are given back already. */
    public synchronized boolean shrink(long place) {
        int position = batch.positionOf(place);
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

    /** The first position that is not this worker's any more. */
    public synchronized int end() {
        return end;
    }

    /** Waits a while for an order to give back something before a position; whether there is one. */
    public synchronized boolean awaitEndBefore(int position, long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; end >= position && left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return end < position;
    }

    /** How far it is, for a heartbeat. */
    synchronized LeaseProgress progress() {
        if (through) {
            return new LeaseProgress(leaseId(), List.of(), batch.placeOf(end));
        }
        if (execution == null) {
            return new LeaseProgress(leaseId(), List.of(), batch.placeOf(0));
        }
        Progress progress = execution.progress();
        Running running = progress.running();
        List<RunningTask> tasks = running == null
                ? List.of()
                : List.of(new RunningTask(
                        batch.indexAt(running.position()), running.time().toNanos() / 1e9));
        return new LeaseProgress(leaseId(), tasks, batch.placeOf(Math.min(progress.next(), end)));
    }
}
