package io.minimalcluster.chaos.job;

/** The expected outcome of a task. */
public sealed interface ExpectedOutcome {
    /** A value, as JSON, byte for byte. */
    record Value(String json) implements ExpectedOutcome {}

    /** An error of a kind. */
    record Failure(String kind) implements ExpectedOutcome {}
}
