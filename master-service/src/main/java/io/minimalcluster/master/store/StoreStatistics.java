package io.minimalcluster.master.store;

/**
 * What the writer has done since the start.
 *
 * @param waiting works that wait now
 * @param nanos what all commits took, from begin to disk
 */
public record StoreStatistics(int waiting, long writes, long commits, long nanos) {}
