package io.minimalcluster.chaos.check;

/** Checks an invariant against a history. */
interface Check {
    Finding check(JobHistories histories);

    /** Whether the check needs the final state, which an interrupted run lacks. */
    default boolean needsFinalState() {
        return false;
    }
}
