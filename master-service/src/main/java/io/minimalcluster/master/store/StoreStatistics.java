package io.minimalcluster.master.store;

/**
 * Statistics of the writer since the start.
 *
 * @param waiting queued units of work
 * @param nanos total time of all commits, from begin to durable
 */
public record StoreStatistics(int waiting, long writes, long commits, long nanos) {}
