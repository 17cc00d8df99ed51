package io.minimalcluster.task.execute;

import org.jspecify.annotations.Nullable;

/**
 * The mode in which a function is called.
 *
 * @param fold whether the function is folded over the elements of each argument
 * @param shared the JSON of the shared value for the last parameter; null without a shared value
 */
record ExecutionMode(boolean fold, byte @Nullable [] shared) {
    /** One call per task, with all arguments from the task. */
    static final ExecutionMode PLAIN = new ExecutionMode(false, null);
}
