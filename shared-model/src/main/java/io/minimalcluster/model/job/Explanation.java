package io.minimalcluster.model.job;

import io.minimalcluster.model.JobId;
import java.util.List;
import java.util.Map;

/**
 * Why a job is not, or not all, running.
 *
 * @param reason in words
 * @param workers who could work for it
 * @param requires labels that a worker must have for it
 * @param network whether a worker must allow it the network
 * @param ahead some of the caller's other jobs that have slots now, those of the highest priority first
 * @param othersAhead how many more jobs have slots now, of others or beyond those listed
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
     * The workers there are.
     *
     * @param active those that take work
     * @param fitting those of them that this job's tasks may go to
     * @param draining those that take nothing new
     * @param silent those that were not heard of lately
     * @param slots of the fitting ones together
     * @param busy how many of those slots have a batch
     */
    public record Workers(int active, int fitting, int draining, int silent, long slots, long busy) {}

    /** A job that has slots. */
    public record Ahead(JobId jobId, int priority, JobState state, long running) {}
}
