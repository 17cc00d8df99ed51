package io.minimalcluster.chaos.history;

/** How far a call had come. */
public enum Phase {
    /** It is about to be sent. */
    INVOKE,
    /** It was answered with 2xx. */
    OK,
    /** It was refused: nothing was done. */
    FAIL,
    /** No answer, or not all of it: it may have been done, or not. */
    UNKNOWN
}
