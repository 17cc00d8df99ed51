package io.minimalcluster.chaos.check;

/** Looks through a history for what must not be in it. */
interface Check {
    Finding check(JobHistories histories);

    /** Whether nothing can be said of a run that did not come to its last look. */
    default boolean needsFinalState() {
        return false;
    }
}
