package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The state of a task. The wire form is lower case. */
public enum TaskState {
    /** Not allocated to a worker. */
    @JsonProperty("pending")
    PENDING,
    /** Allocated to a worker. */
    @JsonProperty("running")
    RUNNING,
    /** Ended with a value. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** Ended with an error. */
    @JsonProperty("failed")
    FAILED,
    /** The job ended before the task. */
    @JsonProperty("cancelled")
    CANCELLED
}
