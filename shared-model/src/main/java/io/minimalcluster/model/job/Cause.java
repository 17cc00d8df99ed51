package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a job stands where it stands, written in lower case with hyphens. */
public enum Cause {
    /** All that is left of it runs, or as much as there are slots. */
    @JsonProperty("running")
    RUNNING,
    /** There are free slots: it is being handed out. */
    @JsonProperty("handing-out")
    HANDING_OUT,
    /** No worker is there, or none was heard of lately. */
    @JsonProperty("no-worker")
    NO_WORKER,
    /** The workers that are there can run nothing now, and try again by themselves. */
    @JsonProperty("backing-off")
    BACKING_OFF,
    /** The workers that are there finish what they have and take nothing new. */
    @JsonProperty("only-draining")
    ONLY_DRAINING,
    /** No worker has the labels that it requires, or none allows the network. */
    @JsonProperty("no-fitting-worker")
    NO_FITTING_WORKER,
    /** Every slot that it could have works for other jobs. */
    @JsonProperty("behind-others")
    BEHIND_OTHERS,
    /** It is paused. */
    @JsonProperty("paused")
    PAUSED,
    /** It has ended. */
    @JsonProperty("ended")
    ENDED
}
