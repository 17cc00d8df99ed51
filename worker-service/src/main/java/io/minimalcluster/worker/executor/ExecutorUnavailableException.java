package io.minimalcluster.worker.executor;

/** No executor can be had: it is this machine that fails, not a task. */
public final class ExecutorUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    ExecutorUnavailableException(String message) {
        super(message);
    }
}
