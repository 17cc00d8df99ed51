package io.minimalcluster.chaos.history;

/** The phase of a call. */
public enum Phase {
    /** Before the request is sent. */
    INVOKE,
    /** A complete response with 2xx. */
    OK,
    /** A rejection; the call has no effect. */
    FAIL,
    /** A missing or incomplete response; the call may have been processed or not. */
    UNKNOWN
}
