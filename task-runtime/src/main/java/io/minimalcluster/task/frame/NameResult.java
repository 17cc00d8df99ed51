package io.minimalcluster.task.frame;

/** What a source is called that came without a name, such as {@code Pi.java}. */
public record NameResult(String name) {}
