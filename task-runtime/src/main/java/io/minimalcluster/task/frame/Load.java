package io.minimalcluster.task.frame;

/**
 * Binds an executor to a target function.
 *
 * @param bundle the file of the bundle, as the executor sees it
 * @param method the signature of the target function, see {@code TargetFunction}
 * @param maxResultBytes a value that is longer fails its task with {@code result-too-large}
 * @param maxOutputBytes what of a task's output is kept
 */
public record Load(String bundle, String method, int maxResultBytes, int maxOutputBytes) {}
