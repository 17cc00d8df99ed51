package io.minimalcluster.model.job;

/** The number of tasks of a job by state; the five counts add up to {@code total}. */
public record TaskCounts(long total, long pending, long running, long succeeded, long failed, long cancelled) {}
