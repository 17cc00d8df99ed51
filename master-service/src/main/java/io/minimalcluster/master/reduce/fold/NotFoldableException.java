package io.minimalcluster.master.reduce.fold;

/** A value can't be folded; the message says why, for people. */
public final class NotFoldableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotFoldableException(String message) {
        super(message, null, false, false);
    }
}
