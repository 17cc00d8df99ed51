package io.minimalcluster.model.worker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How well an executor is walled off, weakest first; written in lower case. */
public enum Isolation {
    /** A process of its own with limits and a cleared environment. */
    @JsonProperty("process")
    PROCESS,
    /** Also under a user id of its slot's own. */
    @JsonProperty("uid")
    UID,
    /** Also with no network, no files but its own and process ids of its own. */
    @JsonProperty("bubblewrap")
    BUBBLEWRAP
}
