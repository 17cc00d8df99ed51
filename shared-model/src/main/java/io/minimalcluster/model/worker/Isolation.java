package io.minimalcluster.model.worker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The isolation level of an executor, weakest first. The wire form is lower case. */
public enum Isolation {
    /** A separate process with limits and a cleared environment. */
    @JsonProperty("process")
    PROCESS,
    /** Also a separate user id per slot. */
    @JsonProperty("uid")
    UID,
    /** Also no network, only its own files, and a process id namespace. */
    @JsonProperty("bubblewrap")
    BUBBLEWRAP
}
