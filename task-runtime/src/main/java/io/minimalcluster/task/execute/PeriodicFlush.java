package io.minimalcluster.task.execute;

import io.minimalcluster.task.process.ProcessExit;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends finished outcomes every 250 ms while a batch runs, and waits between batches. */
final class PeriodicFlush {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    private final ProcessExit exit;
    private @Nullable ResultFrames outcomes;

    PeriodicFlush(ProcessExit exit) {
        this.exit = exit;
    }

    void open() {
        Thread.ofPlatform().daemon().name("parts").start(this::run);
    }

    synchronized void start(ResultFrames batch) {
        outcomes = batch;
        notifyAll();
    }

    synchronized void stop() {
        outcomes = null;
    }

    private void run() {
        try {
            while (true) {
                send();
            }
        } catch (IOException e) {
            exit.fail(e);
        }
    }

    private synchronized void send() throws IOException {
        try {
            while (outcomes == null) {
                wait();
            }
            await(outcomes);
        } catch (InterruptedException _) { // an interrupt by user code only makes one flush early
        }
        if (outcomes != null) {
            outcomes.send();
        }
    }

    private synchronized void await(ResultFrames batch) throws InterruptedException {
        long end = System.nanoTime() + EVERY;
        for (long left = EVERY; left > 0 && batch.equals(outcomes); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
