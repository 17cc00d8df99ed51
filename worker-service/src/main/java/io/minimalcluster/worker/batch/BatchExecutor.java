package io.minimalcluster.worker.batch;

import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import java.io.IOException;
import java.time.Duration;

/** Runs batches, at most as many at a time as the worker has slots. */
public interface BatchExecutor extends AutoCloseable {
    /** Creates the execution of a batch without starting it. */
    BatchExecution prepare(BatchSpec work, BatchListener listener);

    /** The number of executor processes. */
    default int processes() {
        return 0;
    }

    /** Sets how long a task may run on without a liveness signal from this process. */
    void setLivenessTimeout(Duration timeout);

    /**
     * Runs a built-in task as a self-test.
     *
     * @throws IOException if the task cannot be run
     */
    void selfTest() throws IOException, InterruptedException;

    /** Kills all running tasks. */
    @Override
    void close();
}
