package io.minimalcluster.worker.batch;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A batch in the hands of an executor. */
public interface BatchExecution {
    /** Runs it to its end; its parts are heard of meanwhile, from one thread, which may be kept waiting. */
    void run() throws IOException, InterruptedException;

    /** Kills it; {@link #run} returns when what it has sent until then was heard of. */
    void stop();

    /** Starts nothing from a position on; what of it runs or ran already may be heard of. Also before the run. */
    void shrink(int end);

    /** Starts nothing more; {@link #run} returns when what runs has come to its end. Also before the run. */
    void endAfterTask();

    /** How far it is. */
    Progress progress();

    /**
     * How far a batch is.
     *
     * @param running what runs now; null for nothing
     * @param next the first position that has not started
     */
    record Progress(@Nullable Running running, int next) {}

    /** A task that runs. */
    record Running(int position, Duration time) {}
}
