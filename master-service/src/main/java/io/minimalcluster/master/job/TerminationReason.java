package io.minimalcluster.master.job;

import org.jspecify.annotations.Nullable;

/** Why a job ended before its tasks did. */
public enum TerminationReason {
    /** Somebody cancelled it. */
    CANCELLED,
    /** More tasks failed than it allows. */
    TOO_MANY_FAILURES,
    /** Its deadline passed. */
    DEADLINE;

    /** As the store has it. */
    public static @Nullable TerminationReason of(@Nullable String stored) {
        return stored == null ? null : valueOf(stored);
    }
}
