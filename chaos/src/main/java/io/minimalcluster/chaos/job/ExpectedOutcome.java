package io.minimalcluster.chaos.job;

/** What must become of a task. */
public sealed interface ExpectedOutcome {
    /** A value, as JSON, byte for byte. */
    record Value(String json) implements ExpectedOutcome {}

    /** An error of that kind. */
    record Failure(String kind) implements ExpectedOutcome {}
}
