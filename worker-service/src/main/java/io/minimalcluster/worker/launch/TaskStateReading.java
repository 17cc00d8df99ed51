package io.minimalcluster.worker.launch;

import io.minimalcluster.task.frame.TaskStateFile;

/**
 * The task state of a JVM.
 *
 * @param started the number of tasks started so far
 * @param position the position of the running task in its batch
 */
public record TaskStateReading(long started, long position) {
    /** No task runs, and none has run. */
    public static final TaskStateReading NONE = new TaskStateReading(0, TaskStateFile.IDLE);

    /** Whether no task runs. */
    public boolean isIdle() {
        return position == TaskStateFile.IDLE;
    }
}
