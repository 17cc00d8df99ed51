package io.minimalcluster.model.support;

/** Limits of arguments, shared values and results. They are checked where a value enters, and nowhere later. */
public final class JsonLimits {
    /** The maximum number of levels of arrays and objects in a value. */
    public static final int MAX_DEPTH = 400;

    /** The maximum length of a number. */
    public static final int MAX_NUMBER_CHARS = 100_000;

    private JsonLimits() {}
}
