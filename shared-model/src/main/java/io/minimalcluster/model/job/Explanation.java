package io.minimalcluster.model.job;

import io.minimalcluster.model.JobId;
import java.util.List;
import java.util.Map;

/**
 * An explanation of the state of a job.
 *
 * @param reason the cause in words
 * @param workers the workers by suitability for the job
 * @param requires the labels that the job requires
 * @param network whether the job requires network access
 * @param ahead some of the caller's other jobs with running batches, highest priority first
 * @param othersAhead the number of further jobs with running batches, including those of other users
 */
public record Explanation(
        JobId jobId,
        JobState state,
        Cause cause,
        String reason,
        TaskCounts tasks,
        Workers workers,
        Map<String, String> requires,
        boolean network,
        List<Ahead> ahead,
        long othersAhead) {
    public Explanation {
        requires = Map.copyOf(requires);
        ahead = List.copyOf(ahead);
    }

    /**
     * The numbers of workers.
     *
     * @param active workers that accept batches
     * @param fitting active workers that meet the requirements of the job
     * @param draining workers that accept no new batches
     * @param silent workers with a worker timeout
     * @param slots the number of slots of the fitting workers
     * @param busy the number of these slots with a batch
     */
    public record Workers(int active, int fitting, int draining, int silent, long slots, long busy) {}

    /** A job with running batches. */
    public record Ahead(JobId jobId, int priority, JobState state, long running) {}
}
