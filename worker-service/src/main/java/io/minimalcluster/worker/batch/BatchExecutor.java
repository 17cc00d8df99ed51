package io.minimalcluster.worker.batch;

import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import java.io.IOException;
import java.time.Duration;

/** Runs batches: as many at a time as the worker has slots. */
public interface BatchExecutor extends AutoCloseable {
    /** Makes ready to run a batch. */
    BatchExecution prepare(BatchSpec work, BatchListener listener);

    /** How many processes it has for that. */
    default int processes() {
        return 0;
    }

    /** Says for how long tasks are to run on when this process is not there any more, or stands still. */
    void setSilenceLimit(Duration time);

    /**
     * Runs something of our own.
     *
     * @throws IOException if even that can't be done
     */
    void selfTest() throws IOException, InterruptedException;

    /** Kills what runs. */
    @Override
    void close();
}
