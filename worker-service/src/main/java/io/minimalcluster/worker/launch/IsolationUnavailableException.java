package io.minimalcluster.worker.launch;

/** The demanded level of isolation does not work here; the message says in one line what to install or to set. */
public final class IsolationUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    IsolationUnavailableException(String message) {
        super(message);
    }
}
