package io.minimalcluster.master.scheduling.straggler;

import io.minimalcluster.master.scheduling.Lease;

/** What would bring a job to its end sooner, if a slot is free for it. */
sealed interface StragglerAction {
    /** The lease that goes slowly, as it was when it was looked at. */
    Lease lease();

    /** What its job needs of a worker. */
    String needs();

    /**
     * Tasks that have not started go to another.
     *
     * @param end the first of them
     * @param nanosLeft how long all that has not started of the lease would take, as far as can be told
     */
    record Rest(Lease lease, String needs, long end, double nanosLeft) implements StragglerAction {}

    /** The last task, which runs for longer than others did, runs a second time. */
    record Copy(Lease lease, String needs) implements StragglerAction {}
}
