package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;

/**
 * An order to return the unstarted tasks of a lease from {@code end} on.
 *
 * @param end the first index that no longer belongs to the worker
 */
public record Shrink(LeaseId leaseId, long end) {}
