package io.minimalcluster.model.worker;

/**
 * The answer to a part of results.
 *
 * @param recorded outcomes that are new
 * @param known outcomes that were there before, by whomever, and stay as they are
 */
public record Recorded(long recorded, long known) {}
