package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The cause of the state of a job. The wire form is lower case with hyphens. */
public enum Cause {
    /** All remaining tasks run, or all slots are in use. */
    @JsonProperty("running")
    RUNNING,
    /** Slots are free, and batches are being allocated. */
    @JsonProperty("handing-out")
    HANDING_OUT,
    /** There is no worker, or all have timed out. */
    @JsonProperty("no-worker")
    NO_WORKER,
    /** The workers cannot run tasks now, and retry with backoff. */
    @JsonProperty("backing-off")
    BACKING_OFF,
    /** All workers are draining. */
    @JsonProperty("only-draining")
    ONLY_DRAINING,
    /** No worker has the required labels, or none provides the required network access. */
    @JsonProperty("no-fitting-worker")
    NO_FITTING_WORKER,
    /** Other jobs use all suitable slots. */
    @JsonProperty("behind-others")
    BEHIND_OTHERS,
    /** The job is paused. */
    @JsonProperty("paused")
    PAUSED,
    /** The job has ended. */
    @JsonProperty("ended")
    ENDED
}
