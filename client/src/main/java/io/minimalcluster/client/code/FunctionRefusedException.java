package io.minimalcluster.client.code;

import java.io.Serial;

/** Thrown for a function that cannot be sent to a cluster. The message says why, and what can be sent instead. */
public final class FunctionRefusedException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    public FunctionRefusedException(String message) {
        super(message);
    }

    FunctionRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
