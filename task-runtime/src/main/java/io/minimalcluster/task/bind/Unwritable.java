package io.minimalcluster.task.bind;

/** A result that has no form in JSON. */
public final class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unwritable(String why) {
        super(why, null, false, false);
    }
}
