package io.minimalcluster.master.scheduling;

/**
 * State of a lease.
 *
 * <pre>
 * OPEN ──timeout──▶ LAPSED ──tasks allocated again──▶ LOST
 *  │ ◀───heartbeat───┘ │
 *  └───────────────────┴──done, returned, job ended──▶ ENDED
 * </pre>
 */
public enum LeaseState {
    /** The worker holds the lease. Results are accepted. */
    OPEN,
    /** The worker timed out, but no task went to another worker yet. Results are accepted. */
    LAPSED,
    /** A task of the lease went to another worker. Results are rejected permanently. */
    LOST,
    /** The lease is finished. All its tasks were recorded, returned or cancelled. */
    ENDED
}
