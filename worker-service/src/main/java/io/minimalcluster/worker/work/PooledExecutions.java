package io.minimalcluster.worker.work;

import io.minimalcluster.worker.executor.BatchListener;
import io.minimalcluster.worker.executor.BatchRun;
import io.minimalcluster.worker.executor.BatchWork;
import io.minimalcluster.worker.executor.ExecutorPool;
import io.minimalcluster.worker.executor.ExecutorUnavailable;
import java.io.IOException;
import java.time.Duration;

/** Runs batches in the forked JVMs of a pool. */
public final class PooledExecutions implements Executions {
    private final ExecutorPool pool;

    /** Takes the pool over. */
    public PooledExecutions(ExecutorPool pool) {
        this.pool = pool;
    }

    @Override
    public Execution prepare(BatchWork work, BatchListener listener) {
        return new Pooled(pool.prepare(work, listener));
    }

    @Override
    public int processes() {
        return pool.size();
    }

    @Override
    public void mayBeSilentFor(Duration time) {
        pool.mayBeSilentFor(time);
    }

    @Override
    public void tryOut() throws IOException, InterruptedException {
        try {
            pool.tryOut();
        } catch (ExecutorUnavailable e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private record Pooled(BatchRun batch) implements Execution {
        @Override
        public void run() throws IOException, InterruptedException {
            try {
                batch.run();
            } catch (ExecutorUnavailable e) {
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
            io.minimalcluster.worker.executor.Progress progress = batch.progress();
            if (progress.running().isEmpty()) {
                return new Progress(null, progress.next());
            }
            Duration time = Duration.ofNanos(System.nanoTime() - progress.since());
            return new Progress(new Running(progress.running().getAsInt(), time), progress.next());
        }
    }
}
