package io.minimalcluster.master.job.state;

import org.jspecify.annotations.Nullable;

/** Reason why a job ended early. */
public enum TerminationReason {
    /** The job was cancelled. */
    CANCELLED,
    /** More tasks failed than {@code maxFailures} allows. */
    TOO_MANY_FAILURES,
    /** The deadline of the job passed. */
    DEADLINE;

    /** Parses the stored form. */
    public static @Nullable TerminationReason of(@Nullable String stored) {
        return stored == null ? null : valueOf(stored);
    }
}
