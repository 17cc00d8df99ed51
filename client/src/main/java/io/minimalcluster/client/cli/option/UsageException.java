package io.minimalcluster.client.cli.option;

import java.io.Serial;

/** Thrown when a command is used wrongly. The message says how to correct it. */
public final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
