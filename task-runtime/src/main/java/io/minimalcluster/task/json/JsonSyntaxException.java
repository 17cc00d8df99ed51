package io.minimalcluster.task.json;

/** Thrown when the text is not JSON or not of the expected form. */
public sealed class JsonSyntaxException extends RuntimeException permits JsonTooDeepException {
    private static final long serialVersionUID = 1;

    private final long line;
    private final long column;

    JsonSyntaxException(String message, long line, long column) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    /** The line of the error, from 1. */
    public long line() {
        return line;
    }

    /** The column of the error in bytes, from 1. */
    public long column() {
        return column;
    }
}
