package io.minimalcluster.worker.batch;

import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.BatchRun;
import io.minimalcluster.worker.executor.ExecutorPool;
import io.minimalcluster.worker.executor.ExecutorUnavailableException;
import io.minimalcluster.worker.executor.protocol.BatchSpec;
import java.io.IOException;
import java.time.Duration;

/** Runs batches in the forked JVMs of a pool. */
public final class PooledBatchExecutor implements BatchExecutor {
    private final ExecutorPool pool;

    /** Creates an executor that owns the pool. */
    public PooledBatchExecutor(ExecutorPool pool) {
        this.pool = pool;
    }

    @Override
    public BatchExecution prepare(BatchSpec work, BatchListener listener) {
        return new Pooled(pool.prepare(work, listener));
    }

    @Override
    public int processes() {
        return pool.size();
    }

    @Override
    public void setLivenessTimeout(Duration timeout) {
        pool.setLivenessTimeout(timeout);
    }

    @Override
    public void selfTest() throws IOException, InterruptedException {
        try {
            pool.selfTest();
        } catch (ExecutorUnavailableException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private record Pooled(BatchRun batch) implements BatchExecution {
        @Override
        public void run() throws IOException, InterruptedException {
            try {
                batch.run();
            } catch (ExecutorUnavailableException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void stop() {
            batch.stop();
        }

        @Override
        public void shrink(int end) {
            batch.shrink(end);
        }

        @Override
        public void endAfterTask() {
            batch.endAfterTask();
        }

        @Override
        public Progress progress() {
            io.minimalcluster.worker.executor.BatchProgress progress = batch.progress();
            if (progress.running().isEmpty()) {
                return new Progress(null, progress.next());
            }
            Duration time = Duration.ofNanos(System.nanoTime() - progress.since());
            return new Progress(new Running(progress.running().getAsInt(), time), progress.next());
        }
    }
}
