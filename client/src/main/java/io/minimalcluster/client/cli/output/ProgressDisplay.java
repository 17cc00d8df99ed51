package io.minimalcluster.client.cli.output;

import io.minimalcluster.model.job.Job;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Shows the progress of a job during a wait. On a terminal it redraws a bar and erases it when the job has ended. For
 * any other output it prints a line every few seconds.
 */
public final class ProgressDisplay implements Consumer<Job> {
    private static final int BAR_WIDTH = 30;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream screen;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private long startedAt; // guarded by this, like the next field
    private long startedWith = -1;
    private volatile boolean stopped;

    public ProgressDisplay(PrintStream screen, boolean terminal, LongSupplier nanoTime) {
        this.screen = screen;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** The interval between updates. */
    public Duration pace() {
        return terminal ? Duration.ofMillis(200) : Duration.ofSeconds(5);
    }

    @Override
    public synchronized void accept(Job job) {
        double rate = rate(job);
        if (stopped) {
            return;
        }
        boolean ended = job.state().isTerminal();
        String progress = Output.printable(ProgressFormatter.of(job, rate));
        if (terminal) {
            screen.print(ended ? ERASE_LINE : ERASE_LINE + bar(job) + " " + progress);
            screen.flush();
        } else if (!ended) {
            screen.println(progress);
        }
    }

    /** Ends the line of a terminal and ignores further updates. */
    public void leave() {
        stopped = true;
        if (terminal) {
            synchronized (this) { // after an update that is being drawn
                screen.println();
            }
        }
    }

    /** Tasks per second: the master's figure, or else the average since the first update. */
    synchronized double rate(Job job) {
        long ended = ProgressFormatter.ended(job.tasks());
        if (startedWith < 0) {
            startedAt = nanoTime.getAsLong();
            startedWith = ended;
        }
        if (job.throughput() > 0) {
            return job.throughput();
        }
        long nanos = nanoTime.getAsLong() - startedAt;
        return nanos == 0 ? 0 : (ended - startedWith) * 1e9 / nanos;
    }

    private static String bar(Job job) {
        return ProgressFormatter.bar(
                ProgressFormatter.ended(job.tasks()), job.tasks().total(), BAR_WIDTH);
    }
}
