package io.minimalcluster.model.job;

/** The state of a job. States only move forward, except by retry, pause and resume. */
public enum JobState {
    /** Accepted; no batch has been allocated. */
    QUEUED,
    /** A batch has been allocated. */
    RUNNING,
    /** No batch is allocated until the job is resumed. */
    PAUSED,
    /** Every task succeeded. */
    SUCCEEDED,
    /** Ended with at least one failed task. */
    FAILED,
    /** Cancelled. */
    CANCELLED;

    /** Whether the state is final, so that no task will run. */
    public boolean isTerminal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
