package io.minimalcluster.master.reduce;

/** A value can't be folded; the message says why, for people. */
public final class NotFoldable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotFoldable(String message) {
        super(message, null, false, false);
    }
}
