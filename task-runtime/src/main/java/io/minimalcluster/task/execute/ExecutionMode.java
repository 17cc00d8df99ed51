package io.minimalcluster.task.execute;

import org.jspecify.annotations.Nullable;

/**
 * How a function is called.
 *
 * @param fold whether it is folded over the elements of each argument
 * @param shared the JSON of its last argument, the same for all tasks; null where each task brings all of them
 */
record ExecutionMode(boolean fold, byte @Nullable [] shared) {
    /** One task, one call, with what the task brings. */
    static final ExecutionMode PLAIN = new ExecutionMode(false, null);
}
