package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A plain line now and then, where no terminal is: a log stays readable. */
final class ProgressLines implements ProgressDisplay {
    private final PrintStream log;
    private final ThroughputEstimate rate;
    private volatile boolean left;

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
        if (!left && !job.state().isTerminal()) {
            log.println(Output.printable(ProgressFormatter.of(job, now)));
        }
    }

    @Override
    public void leave() {
        left = true;
    }
}
