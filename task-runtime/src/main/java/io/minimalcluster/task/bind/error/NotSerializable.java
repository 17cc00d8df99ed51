package io.minimalcluster.task.bind.error;

/** Thrown when a result has no JSON representation. */
public final class NotSerializable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotSerializable(String message) {
        super(message, null, false, false);
    }
}
