package io.minimalcluster.client.json;

import java.io.Serial;

/**
 * Thrown when the iterator of the arguments fails, or when an argument can't be written as JSON. The cause is the
 * failure. No job has been submitted.
 */
public final class ArgumentException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_CAUSES = 20;

    ArgumentException(Throwable cause) {
        super("the arguments can't be sent: " + cause, cause);
    }

    /** Throws the exception of this type among the causes of a failed request, if there is one. */
    public static void throwIfCauseOf(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
            if (at instanceof ArgumentException found) {
                throw found;
            }
            at = at.getCause();
        }
    }
}
