package io.minimalcluster.model.worker;

/**
 * The load of the machine of a worker, by all its processes.
 *
 * @param cpu the share of CPU time in use since the heartbeat before, from 0 to 1
 * @param memoryUsedBytes memory that is not available to new processes
 */
public record MachineLoad(double cpu, long memoryUsedBytes, long memoryBytes) {}
