package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows the progress of a job during a wait. */
public sealed interface ProgressDisplay extends Consumer<Job> permits ProgressBar, ProgressLines {
    /** The interval between updates. */
    Duration pace();

    /** Ends the current line and ignores further updates. */
    void leave();

    /** Creates a progress bar for a terminal, and log lines for any other output. */
    static ProgressDisplay on(PrintStream screen, boolean terminal, LongSupplier nanoTime) {
        return terminal ? new ProgressBar(screen, nanoTime) : new ProgressLines(screen, nanoTime);
    }
}
