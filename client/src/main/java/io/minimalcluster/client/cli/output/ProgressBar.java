package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** A progress bar on one line of a terminal. It is redrawn for each update and erased when the job has ended. */
final class ProgressBar implements ProgressDisplay {
    private static final int WIDTH = 30;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream terminal;
    private final ThroughputEstimate rate;
    private boolean stopped; // guarded by this

    ProgressBar(PrintStream terminal, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.rate = new ThroughputEstimate(nanoTime);
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(200);
    }

    @Override
    public synchronized void accept(Job job) {
        if (stopped) {
            return;
        }
        String line = "[" + bar(job) + "] " + Output.printable(ProgressFormatter.of(job, rate.of(job)));
        terminal.print(job.state().isTerminal() ? ERASE_LINE : ERASE_LINE + line);
        terminal.flush();
    }

    @Override
    public synchronized void leave() {
        stopped = true;
        terminal.println();
    }

    private static String bar(Job job) {
        int full = (int) (ProgressFormatter.share(job.tasks()) * WIDTH);
        return "#".repeat(full) + "·".repeat(WIDTH - full);
    }
}
