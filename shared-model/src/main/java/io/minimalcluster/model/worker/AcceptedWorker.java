package io.minimalcluster.model.worker;

import io.minimalcluster.model.WorkerId;

/**
 * The response to a registration.
 *
 * @param heartbeatSeconds the heartbeat interval
 * @param leaseSeconds the lease duration; leases lapse after that time without contact
 */
public record AcceptedWorker(WorkerId workerId, double heartbeatSeconds, double leaseSeconds) {}
