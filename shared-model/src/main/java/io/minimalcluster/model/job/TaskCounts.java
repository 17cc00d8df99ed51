package io.minimalcluster.model.job;

/** How many tasks of a job stand where; the five add up to {@code total}. */
public record TaskCounts(long total, long pending, long running, long succeeded, long failed, long cancelled) {}
