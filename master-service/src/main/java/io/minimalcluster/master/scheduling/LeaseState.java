package io.minimalcluster.master.scheduling;

/**
 * Where a lease stands.
 *
 * <pre>
 * OPEN ──silence──▶ LAPSED ──its tasks handed out again──▶ LOST
 *  │ ◀─sign of life──┘ │
 *  └───────────────────┴──done, given back, job ended──▶ ENDED
 * </pre>
 */
public enum LeaseState {
    /** The worker has it. Results are taken. */
    OPEN,
    /** The worker was silent for too long; its tasks may go to others, but did not. Results are taken. */
    LAPSED,
    /** A task of it went to another. Results are refused, for ever. */
    LOST,
    /** Nothing of it is the worker's any more. */
    ENDED
}
