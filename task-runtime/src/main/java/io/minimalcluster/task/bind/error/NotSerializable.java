package io.minimalcluster.task.bind.error;

/** A result that has no form in JSON. */
public final class NotSerializable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotSerializable(String why) {
        super(why, null, false, false);
    }
}
