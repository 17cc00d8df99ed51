package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.TaskStateFile;

/**
 * What the start marks of a JVM say.
 *
 * @param started how many tasks it has started in its life
 * @param position of the task that runs, in its batch
 */
public record TaskStateReading(long started, long position) {
    /** Nothing runs, nothing ever ran. */
    public static final TaskStateReading NONE = new TaskStateReading(0, TaskStateFile.IDLE);

    /** No task runs now. */
    public boolean isIdle() {
        return position == TaskStateFile.IDLE;
    }
}
