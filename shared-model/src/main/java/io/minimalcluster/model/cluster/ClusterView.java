package io.minimalcluster.model.cluster;

import io.minimalcluster.model.job.TaskCounts;

/**
 * The cluster as a whole.
 *
 * @param version of the master that was asked
 * @param masters how many there are
 * @param workers how many are heard of
 * @param slots of those workers together
 * @param busySlots how many of them have a batch
 * @param jobs by state
 * @param tasks by state, of all jobs that are kept
 * @param throughput tasks a second, lately
 * @param desiredWorkers how many workers would have done what waits in about half a minute, if they were there
 */
public record ClusterView(
        String version,
        int masters,
        int workers,
        int slots,
        int busySlots,
        Jobs jobs,
        TaskCounts tasks,
        double throughput,
        int desiredWorkers) {
    /** How many jobs are in each state. */
    public record Jobs(long queued, long running, long paused, long succeeded, long failed, long cancelled) {}
}
