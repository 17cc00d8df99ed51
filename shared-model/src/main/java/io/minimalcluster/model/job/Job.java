package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.EnvironmentId;
import io.minimalcluster.model.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is shown.
 *
 * @param function the registered name it was posted with; null where it named a method
 * @param reason why it stands where it stands, in words; null where that is plain
 * @param throughput tasks a second, lately
 * @param etaSeconds an estimate of the time left; null where there is none
 * @param reduced what its values were folded into; absent where that was not asked for, or is not done
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
