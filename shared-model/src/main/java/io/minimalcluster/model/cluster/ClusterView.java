package io.minimalcluster.model.cluster;

import io.minimalcluster.model.job.TaskCounts;

/**
 * The state of the cluster.
 *
 * @param version the version of the answering master
 * @param masters the number of masters
 * @param workers the number of workers without a worker timeout
 * @param slots the number of slots of these workers
 * @param busySlots the number of slots with a batch
 * @param jobs the number of jobs by state
 * @param tasks the number of tasks by state, of all stored jobs
 * @param throughput recent tasks per second
 * @param desiredWorkers the number of workers that would finish the pending tasks in about half a minute
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
    /** The number of jobs in each state. */
    public record Jobs(long queued, long running, long paused, long succeeded, long failed, long cancelled) {}
}
