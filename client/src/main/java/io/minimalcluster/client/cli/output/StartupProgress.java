package io.minimalcluster.client.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Prints each step of a start on a line of its own: what it is, then the time that it took. On a terminal a dot comes
 * every second.
 */
public final class StartupProgress implements Consumer<String>, AutoCloseable {
    private final PrintStream screen;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("startup-progress").factory());
    private long began; // guarded by this
    private boolean open; // whether a line is not ended yet; guarded by this

    public StartupProgress(PrintStream screen, boolean terminal, LongSupplier nanoTime) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        if (terminal) {
            var _ = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** The next step begins. */
    @Override
    public synchronized void accept(String step) {
        endLine();
        began = nanoTime.getAsLong();
        open = true;
        screen.print(step + " ");
        screen.flush();
    }

    synchronized void tick() {
        if (open) {
            screen.print(".");
            screen.flush();
        }
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        endLine();
    }

    private void endLine() {
        if (open) {
            screen.println(" " + ProgressFormatter.time(Duration.ofNanos(nanoTime.getAsLong() - began)));
            open = false;
        }
    }
}
