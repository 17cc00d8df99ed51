package io.minimalcluster.chaos.history;

/** The operation of a call, or the kind of an observation. */
public enum Operation {
    POST,
    /** An upload that the client aborts. */
    VANISH,
    JOB,
    LOG,
    FOLLOW,
    VALUES,
    CANCEL,
    PAUSE,
    RESUME,
    RETRY,
    DELETE,
    /** A call without a valid key. */
    PROBE,
    /** All jobs in the final state. */
    LIST,
    /** The number of threads, descriptors and processes. */
    RESOURCES,
    /** A fault. */
    FAULT;

    /** Whether the operation may change the outcome of a job. */
    public boolean changes() {
        return this == CANCEL || this == RETRY || this == DELETE;
    }
}
