package io.minimalcluster.chaos.order;

/** What must become of a task. */
public sealed interface Expected {
    /** A value, as JSON, byte for byte. */
    record Value(String json) implements Expected {}

    /** An error of that kind. */
    record Failure(String kind) implements Expected {}
}
