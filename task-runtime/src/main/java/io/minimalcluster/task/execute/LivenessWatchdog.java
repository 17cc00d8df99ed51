package io.minimalcluster.task.execute;

import io.minimalcluster.task.frame.TaskStateFile;
import io.minimalcluster.task.process.ProcessExit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when a task runs and its worker gave no sign of life for too long: frozen as the worker is it can't
 * do that itself, and others may run the task by now. Silence is summed over this thread's own looks, a late one
 * counting as one, so that a machine that was suspended, or a process that was frozen itself, hears the worker first.
 */
final class LivenessWatchdog {
    private static final long LEAST_MILLIS = 50;
    private static final long MOST_MILLIS = 1000;
    private static final int LOOKS = 16;

    private final TaskStateFile taskState;
    private final ProcessExit exit;

    private long signs;
    private long silentMillis;

    LivenessWatchdog(TaskStateFile taskState, ProcessExit exit) {
        this.taskState = taskState;
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
        long patience = taskState.patienceMillis();
        return patience == 0 ? MOST_MILLIS : Math.clamp(patience / LOOKS, LEAST_MILLIS, MOST_MILLIS);
    }

    /** Looks once, so many milliseconds after the last time. */
    void look(long millis) {
        long heard = taskState.signsOfLife();
        long patience = taskState.patienceMillis();
        boolean isQuiet = heard == signs && patience > 0 && taskState.position() != TaskStateFile.IDLE;
        signs = heard;
        silentMillis = isQuiet ? silentMillis + millis : 0;
        if (isQuiet && silentMillis >= patience) {
            exit.now(ProcessExit.CUT_OFF);
        }
    }
}
