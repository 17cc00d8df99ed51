package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.launch.TaskStateReading;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Determines from the task state which task runs and since when, with the accuracy of the polling interval. */
final class TaskClock {
    private final Supplier<TaskStateReading> taskState;
    private final LongSupplier nanoTime;

    /** Guarded by this object's lock. */
    private Reading last;

    /** @param since when the task state was first read */
    record Reading(TaskStateReading taskState, long since) {}

    TaskClock(Supplier<TaskStateReading> taskState, LongSupplier nanoTime) {
        this.taskState = taskState;
        this.nanoTime = nanoTime;
        this.last = new Reading(TaskStateReading.NONE, nanoTime.getAsLong());
    }

    synchronized Reading read() {
        TaskStateReading reading = taskState.get();
        if (!reading.equals(last.taskState())) {
            last = new Reading(reading, nanoTime.getAsLong());
        }
        return last;
    }
}
