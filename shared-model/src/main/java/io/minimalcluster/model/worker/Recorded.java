package io.minimalcluster.model.worker;

/**
 * The response to a part of results.
 *
 * @param recorded the number of new outcomes
 * @param known the number of outcomes that were recorded earlier by any worker; these stay unchanged
 */
public record Recorded(long recorded, long known) {}
