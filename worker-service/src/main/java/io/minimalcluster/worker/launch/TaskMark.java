package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.Marks;

/**
 * What the start marks of a JVM say.
 *
 * @param started how many tasks it has started in its life
 * @param position of the task that runs, in its batch
 */
public record TaskMark(long started, long position) {
    /** Nothing runs, nothing ever ran. */
    public static final TaskMark NONE = new TaskMark(0, Marks.IDLE);

    /** No task runs now. */
    public boolean isIdle() {
        return position == Marks.IDLE;
    }
}
