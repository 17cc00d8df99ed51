package io.minimalcluster.worker.launch;

/** Thrown if the required isolation level does not work here. The one-line message names what to install or set. */
public final class IsolationUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IsolationUnavailableException(String message) {
        super(message);
    }
}
