package io.minimalcluster.worker.executor;

import io.minimalcluster.worker.launch.TaskMark;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells from the start marks which task runs and since when, to within the time between two looks. */
final class TaskClock {
    private final Supplier<TaskMark> marks;
    private final LongSupplier nanoTime;

    /** Guarded by this object's lock. */
    private Reading last;

    /** @param since when the mark was first seen */
    record Reading(TaskMark mark, long since) {}

    TaskClock(Supplier<TaskMark> marks, LongSupplier nanoTime) {
        this.marks = marks;
        this.nanoTime = nanoTime;
        this.last = new Reading(TaskMark.NONE, nanoTime.getAsLong());
    }

    synchronized Reading look() {
        TaskMark mark = marks.get();
        if (!mark.equals(last.mark())) {
            last = new Reading(mark, nanoTime.getAsLong());
        }
        return last;
    }
}
