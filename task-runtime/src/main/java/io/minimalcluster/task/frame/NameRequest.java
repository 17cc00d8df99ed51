package io.minimalcluster.task.frame;

/** A source that came without a name. */
public record NameRequest(String source) {}
