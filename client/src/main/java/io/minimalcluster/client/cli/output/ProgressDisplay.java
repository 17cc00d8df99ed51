package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows how a job gets on while it is waited for. */
public sealed interface ProgressDisplay extends Consumer<Job> permits ProgressBar, ProgressLines {
    /** How often it wants to see the job. */
    Duration pace();

    /** Ends the line that it is on, and shows nothing more. */
    void leave();

    /** A bar for a person at a terminal, lines for a log. */
    static ProgressDisplay on(PrintStream screen, boolean terminal, LongSupplier nanoTime) {
        return terminal ? new ProgressBar(screen, nanoTime) : new ProgressLines(screen, nanoTime);
    }
}
