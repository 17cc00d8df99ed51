package io.minimalcluster.client.local;

import java.io.Serial;

/** Thrown when a required process does not start. The message ends with the last lines of its log. */
public final class StartFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    StartFailedException(String message) {
        super(message);
    }
}
