package io.minimalcluster.task.execute;

import io.minimalcluster.task.frame.Marks;
import io.minimalcluster.task.process.Exit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when a task runs and its worker gave no sign of life for too long: frozen as the worker is it can't
 * do that itself, and others may run the task by now. Silence is summed over this thread's own looks, a late one
 * counting as one, so that a machine that was suspended, or a process that was frozen itself, hears the worker first.
 */
final class Lifeline {
    private static final long LEAST_MILLIS = 50;
    private static final long MOST_MILLIS = 1000;
    private static final int LOOKS = 16;

    private final Marks marks;
    private final Exit exit;

    private long signs;
    private long silentMillis;

    Lifeline(Marks marks, Exit exit) {
        this.marks = marks;
        this.exit = exit;
    }

    void open() {
        Thread.ofPlatform().daemon().name("lifeline").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                long pause = pauseMillis();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
                look(pause);
                Thread.interrupted(); // user code that found this thread makes it look sooner, once
            }
        } catch (IllegalStateException _) { // the marks are closed: nothing runs here any more
            return;
        }
    }

    private long pauseMillis() {
        long patience = marks.patienceMillis();
        return patience == 0 ? MOST_MILLIS : Math.clamp(patience / LOOKS, LEAST_MILLIS, MOST_MILLIS);
    }

    /** Looks once, so many milliseconds after the last time. */
    void look(long millis) {
        long heard = marks.signsOfLife();
        long patience = marks.patienceMillis();
        boolean isQuiet = heard == signs && patience > 0 && marks.position() != Marks.IDLE;
        signs = heard;
        silentMillis = isQuiet ? silentMillis + millis : 0;
        if (isQuiet && silentMillis >= patience) {
            exit.now(Exit.CUT_OFF);
        }
    }
}
