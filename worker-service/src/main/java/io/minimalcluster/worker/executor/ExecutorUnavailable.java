package io.minimalcluster.worker.executor;

/** No executor can be had: it is this machine that fails, not a task. */
public final class ExecutorUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    ExecutorUnavailable(String message) {
        super(message);
    }
}
