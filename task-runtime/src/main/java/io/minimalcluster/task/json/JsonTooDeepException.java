package io.minimalcluster.task.json;

/** Thrown when a value has more levels of arrays and objects than the limit of the scanner. */
public final class JsonTooDeepException extends JsonSyntaxException {
    private static final long serialVersionUID = 1;

    JsonTooDeepException(int limit, long line, long column) {
        super("more than " + limit + " levels", line, column);
    }
}
