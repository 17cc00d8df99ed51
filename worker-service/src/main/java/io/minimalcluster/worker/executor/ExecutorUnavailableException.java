package io.minimalcluster.worker.executor;

/** Thrown if no executor can be started, which is a fault of this machine and not of a task. */
public final class ExecutorUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    ExecutorUnavailableException(String message) {
        super(message);
    }
}
