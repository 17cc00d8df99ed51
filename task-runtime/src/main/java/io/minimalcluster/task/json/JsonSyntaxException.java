package io.minimalcluster.task.json;

/** The text is not JSON, or not what was asked for. */
public final class JsonSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long line;
    private final long column;

    JsonSyntaxException(String message, long line, long column) {
        super(message, null, false, false);
        this.line = line;
        this.column = column;
    }

    /** Where it was noticed, from 1. */
    public long line() {
        return line;
    }

    /** Where it was noticed, in bytes from 1. */
    public long column() {
        return column;
    }
}
