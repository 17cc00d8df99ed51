package io.minimalcluster.model.worker;

import io.minimalcluster.model.WorkerId;

/**
 * The master's answer to a registration.
 *
 * @param heartbeatSeconds how often it wants to hear of the worker
 * @param leaseSeconds how long the worker may be silent before its leases lapse
 */
public record AcceptedWorker(WorkerId workerId, double heartbeatSeconds, double leaseSeconds) {}
