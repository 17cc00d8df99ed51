package io.minimalcluster.model.worker;

/** The state of a worker. */
public enum WorkerState {
    /** Accepts batches. */
    ACTIVE,
    /** Finishes its batches and accepts no new ones. */
    DRAINING,
    /** No contact for the duration of a lease (worker timeout). */
    SILENT,
    /** Timed out, and its tasks were reassigned. */
    LOST,
    /** Deregistered. */
    GONE
}
