package io.minimalcluster.task.json;

/** A single value is longer than the scanner may hold. */
public final class JsonTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int limitBytes;

    JsonTooLargeException(int limitBytes) {
        super("a value is longer than " + limitBytes + " bytes", null, false, false);
        this.limitBytes = limitBytes;
    }

    /** How long a value may be. */
    public int limitBytes() {
        return limitBytes;
    }
}
