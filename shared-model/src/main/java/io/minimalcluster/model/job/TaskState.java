package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a task stands, written in lower case. */
public enum TaskState {
    /** Waits to be handed out. */
    @JsonProperty("pending")
    PENDING,
    /** Is in the hands of a worker. */
    @JsonProperty("running")
    RUNNING,
    /** Has a value. */
    @JsonProperty("succeeded")
    SUCCEEDED,
    /** Has an error. */
    @JsonProperty("failed")
    FAILED,
    /** Its job ended before it did. */
    @JsonProperty("cancelled")
    CANCELLED
}
