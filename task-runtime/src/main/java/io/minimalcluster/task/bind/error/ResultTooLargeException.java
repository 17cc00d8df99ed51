package io.minimalcluster.task.bind.error;

/** A result that is longer than it may be. */
public final class ResultTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ResultTooLargeException(int limit) {
        super("the result is longer than " + limit + " bytes of JSON, the most a task may return", null, false, false);
    }
}
