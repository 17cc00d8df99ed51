package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.executor.protocol.BatchSpec;
import java.time.Duration;

/** Runs batches, at most as many at a time as the worker has slots. */
public interface BatchExecutor extends AutoCloseable {
    /** Creates the execution of a batch without starting it. */
    BatchExecution prepare(BatchSpec work, BatchListener listener);

    /** The number of executor processes. */
    int processes();

    /** Sets how long a task may run on without a liveness signal from this process. */
    void setLivenessTimeout(Duration timeout);

    /**
     * Runs a built-in task as a self-test.
     *
     * @throws ExecutorUnavailableException if the task cannot be run, so that user code is not the cause
     */
    void selfTest() throws ExecutorUnavailableException, InterruptedException;

    /** Kills all running tasks. */
    @Override
    void close();
}
