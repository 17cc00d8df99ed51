package io.minimalcluster.worker.batch;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The execution of one batch by executors. */
public interface BatchExecution {
    /** Runs the batch to its end. The listener gets the parts on one thread, and may block it. */
    void run() throws IOException, InterruptedException;

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
