package io.minimalcluster.task.frame;

/** The header of a NAME frame: a source without a file name. */
public record NameRequest(String source) {}
