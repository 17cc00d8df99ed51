package io.minimalcluster.master.reduce.fold;

/** Thrown when a value cannot be folded. The message is the reason, as text for people. */
public final class NotFoldableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotFoldableException(String message) {
        super(message, null, false, false);
    }
}
