package io.minimalcluster.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The outcome of one task: a value, an error, or cancelled.
 *
 * @param argument argument of the task, or null if it was not requested
 * @param state {@link TaskState#CANCELLED} for a cancelled task, otherwise null
 * @param value returned value, JSON null if the function returned null; null for a failed task
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
        long index,
        @Nullable JsonNode argument,
        @Nullable TaskState state,
        @Nullable JsonNode value,
        @Nullable TaskError error) {}
