package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.BatchRefusedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The execution of one batch by executors. Thread-safe. */
public interface BatchExecution {
    /**
     * Runs the batch until every position has an outcome or the run is stopped. To be called once. The listener gets
     * the parts on this thread, and may block it.
     *
     * @throws ExecutorUnavailableException if no executor can run the batch; no attempt is counted for positions
     *     without an outcome
     * @throws BatchRefusedException if another worker may be able to run the batch
     */
    void run() throws ExecutorUnavailableException, BatchRefusedException, InterruptedException;

    /** Kills the running task. {@link #run} returns after the listener got all parts sent before the kill. */
    void stop();

    /**
     * Starts no task from a position on. Outcomes of tasks already started may still be delivered. May be called before
     * the run.
     */
    void shrink(int end);

    /** Starts no more tasks. {@link #run} returns when the running task ends. May be called before the run. */
    void endAfterTask();

    /** The current progress. */
    Progress progress();

    /**
     * The progress of a batch.
     *
     * @param running the running task; null for none
     * @param next the first position that has not started
     */
    record Progress(@Nullable Running running, int next) {}

    /** A running task and its run time so far. */
    record Running(int position, Duration time) {}
}
