package io.minimalcluster.task.json;

/** Thrown when a single value exceeds the limit of the scanner. */
public final class JsonTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int limitBytes;

    JsonTooLargeException(int limitBytes) {
        super("a value is longer than " + limitBytes + " bytes", null, false, false);
        this.limitBytes = limitBytes;
    }

    /** The maximum length of a value. */
    public int limitBytes() {
        return limitBytes;
    }
}
