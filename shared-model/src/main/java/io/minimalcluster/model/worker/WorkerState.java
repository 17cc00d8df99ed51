package io.minimalcluster.model.worker;

/** Where a worker stands. */
public enum WorkerState {
    /** Takes work. */
    ACTIVE,
    /** Finishes what it has and takes nothing new. */
    DRAINING,
    /** Was not heard of for the time of a lease. */
    SILENT,
    /** Silent, and its work went to others. */
    LOST,
    /** Left. */
    GONE
}
