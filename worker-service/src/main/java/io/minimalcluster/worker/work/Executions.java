package io.minimalcluster.worker.work;

import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.BatchWork;

/** Runs batches: as many at a time as the worker has slots. */
public interface Executions extends AutoCloseable {
    /** Makes ready to run a batch. */
    Execution prepare(BatchWork work, BatchListener listener);

    /** How many processes it has for that. */
    default int processes() {
        return 0;
    }

    /** Kills what runs. */
    @Override
    void close();
}
