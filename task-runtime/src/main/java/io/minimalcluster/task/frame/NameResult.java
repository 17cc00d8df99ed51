package io.minimalcluster.task.frame;

/** The header of a NAMED frame: the file name for a source, such as {@code Pi.java}. */
public record NameResult(String name) {}
