package io.minimalcluster.worker.launch;

/** The demanded level of isolation does not work here; the message says in one line what to install or to set. */
public final class IsolationUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    IsolationUnavailable(String message) {
        super(message);
    }
}
