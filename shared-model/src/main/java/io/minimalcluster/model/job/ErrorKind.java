package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of failure of a task. The wire form is lower case with hyphens. */
public enum ErrorKind {
    /** The function threw an exception. */
    @JsonProperty("exception")
    EXCEPTION,
    /** The task exceeded the task timeout. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** The executor ended while the task ran. */
    @JsonProperty("crash")
    CRASH,
    /** The executor ran out of memory. */
    @JsonProperty("out-of-memory")
    OUT_OF_MEMORY,
    /** The argument does not fit the parameter. */
    @JsonProperty("argument")
    ARGUMENT,
    /** The result exceeds the limit of the worker. */
    @JsonProperty("result-too-large")
    RESULT_TOO_LARGE,
    /** Worker timeouts lost the task too often. */
    @JsonProperty("lost")
    LOST,
    /** The deadline of the job passed. */
    @JsonProperty("deadline")
    DEADLINE
}
