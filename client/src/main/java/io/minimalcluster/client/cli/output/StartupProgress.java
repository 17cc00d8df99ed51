package io.minimalcluster.client.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Prints each startup step on a line with its duration. On a terminal it adds a dot every second. */
public final class StartupProgress implements Consumer<String>, AutoCloseable {
    private final PrintStream screen;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("startup-progress").factory());
    private long stepStartedAt; // guarded by this
    private boolean open; // whether the current line is unfinished; guarded by this

    public StartupProgress(PrintStream screen, boolean terminal, LongSupplier nanoTime) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        if (terminal) {
            var _ = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Ends the line of the previous step and starts that of the next. */
    @Override
    public synchronized void accept(String step) {
        endLine();
        stepStartedAt = nanoTime.getAsLong();
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
            screen.println(" " + ProgressFormatter.time(Duration.ofNanos(nanoTime.getAsLong() - stepStartedAt)));
            open = false;
        }
    }
}
