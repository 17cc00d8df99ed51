package io.minimalcluster.model.job;

/** Where a job stands. States only go forward, save for retry, pause and resume. */
public enum JobState {
    /** Accepted, nothing handed out yet. */
    QUEUED,
    /** Something was handed out. */
    RUNNING,
    /** Nothing new is handed out until it is resumed. */
    PAUSED,
    /** Every task succeeded. */
    SUCCEEDED,
    /** Ended with a failed task. */
    FAILED,
    /** Ended by a cancel. */
    CANCELLED;

    /** Whether nothing of it will run any more. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
