package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.scheduling.Lease;

/** An action that would let a job finish sooner, given a free slot. */
sealed interface StragglerAction {
    /** The slow lease, as it was at detection. */
    Lease lease();

    /** Key of the requirements of its job. */
    String requirements();

    /**
     * Work stealing: moves tasks that have not started to another worker.
     *
     * @param end the first of these tasks
     * @param nanosLeft estimated time of all tasks of the lease that have not started
     */
    record Rest(Lease lease, String requirements, long end, double nanosLeft) implements StragglerAction {}

    /** Speculative execution: runs a copy of the slow last task. */
    record Copy(Lease lease, String requirements) implements StragglerAction {}
}
