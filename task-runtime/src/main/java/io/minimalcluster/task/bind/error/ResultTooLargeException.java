package io.minimalcluster.task.bind.error;

/** Thrown when the JSON of a result exceeds the limit. */
public final class ResultTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ResultTooLargeException(int limit) {
        super("the result is longer than " + limit + " bytes of JSON, the most a task may return", null, false, false);
    }
}
