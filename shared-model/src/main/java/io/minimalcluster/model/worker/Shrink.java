package io.minimalcluster.model.worker;

import io.minimalcluster.model.LeaseId;

/**
 * An order to give back the tasks of a lease from {@code end} on that have not started.
 *
 * @param end the first index that is not the worker's any more
 */
public record Shrink(LeaseId leaseId, long end) {}
