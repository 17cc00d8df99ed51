package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Prints a progress line every few seconds, for an output that is not a terminal. */
final class ProgressLines implements ProgressDisplay {
    private final PrintStream log;
    private final ThroughputEstimate rate;
    private volatile boolean stopped;

    ProgressLines(PrintStream log, LongSupplier nanoTime) {
        this.log = log;
        this.rate = new ThroughputEstimate(nanoTime);
    }

    @Override
    public Duration pace() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void accept(Job job) {
        double now = rate.of(job);
        if (!stopped && !job.state().isTerminal()) {
            log.println(Output.printable(ProgressFormatter.of(job, now)));
        }
    }

    @Override
    public void leave() {
        stopped = true;
    }
}
