package io.minimalcluster.task.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Halts a process whose exit does not complete. A shutdown hook of user code may wait, loop, or call
 * {@link System#exit}, which never returns. The thread exists from the start, because user code may use up all threads.
 */
public final class ExitDeadline {
    /** The time for the shutdown hooks of user code. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final ProcessExit exit;

    public ExitDeadline(ProcessExit exit) {
        this.exit = exit;
    }

    public void open() {
        Thread.ofPlatform().daemon().name("exit-deadline").start(this::run);
    }

    /** Starts the deadline. To be called by a shutdown hook. */
    public void begin() {
        begun.countDown();
    }

    private void run() {
        while (begun.getCount() > 0) {
            try {
                begun.await();
            } catch (InterruptedException _) { // by user code
            }
        }
        long end = System.nanoTime() + GRACE.toNanos();
        for (long left = GRACE.toNanos(); left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException _) { // by user code
            }
        }
        exit.now(ProcessExit.STUCK);
    }
}
