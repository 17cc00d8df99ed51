package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a task failed, written in lower case with hyphens. */
public enum ErrorKind {
    /** The function threw. */
    @JsonProperty("exception")
    EXCEPTION,
    /** It ran longer than the job allows. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** Its process ended under it. */
    @JsonProperty("crash")
    CRASH,
    /** Its process had no memory left. */
    @JsonProperty("out-of-memory")
    OUT_OF_MEMORY,
    /** Its argument does not fit the parameter. */
    @JsonProperty("argument")
    ARGUMENT,
    /** Its result is larger than the worker takes. */
    @JsonProperty("result-too-large")
    RESULT_TOO_LARGE,
    /** Its workers fell silent time and again. */
    @JsonProperty("lost")
    LOST,
    /** Its job's deadline passed. */
    @JsonProperty("deadline")
    DEADLINE
}
