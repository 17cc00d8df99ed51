package io.minimalcluster.worker.executor;

import java.io.IOException;

/** Thrown if no executor can be started, which is a fault of this machine and not of a task. */
public final class ExecutorUnavailableException extends IOException {
    private static final long serialVersionUID = 1;

    public ExecutorUnavailableException(String message) {
        super(message);
    }
}
