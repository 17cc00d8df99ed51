package io.minimalcluster.chaos.history;

/** What a client asked for, or what was seen of the machine. */
public enum Operation {
    POST,
    /** An upload that its client leaves in the middle. */
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
    /** All jobs there are, when all is over. */
    LIST,
    /** Threads, descriptors and processes. */
    RESOURCES,
    /** What was done to the cluster. */
    FAULT;

    /** Whether it may change what becomes of a job. */
    public boolean changes() {
        return this == CANCEL || this == RETRY || this == DELETE;
    }
}
