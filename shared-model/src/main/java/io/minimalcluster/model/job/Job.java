package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The view of a job.
 *
 * @param function the registered name used in the request; null if the request named a method
 * @param reason the cause of the state in words; null if the state needs none
 * @param throughput recent tasks per second
 * @param etaSeconds the estimated remaining time; null without an estimate
 * @param reduced the result of the reduction; absent without a finished reduction
 */
public record Job(
        JobId id,
        @Nullable String name,
        @Nullable String function,
        String method,
        EnvironmentId environmentId,
        JobState state,
        @Nullable String reason,
        TaskCounts tasks,
        double throughput,
        @Nullable Double etaSeconds,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String createdBy,
        JobOptions options,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RawJson reduced) {}
