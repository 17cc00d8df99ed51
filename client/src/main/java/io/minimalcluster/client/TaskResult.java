package io.minimalcluster.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The outcome of one task: a value, or an error; or that it was cancelled, where those are asked for.
 *
 * @param argument what the function was called with; null where it was not asked for
 * @param state {@link TaskState#CANCELLED} for a task without an outcome, null for any other
 * @param value what the function returned; null where it failed, JSON's null where it returned none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
        long index,
        @Nullable JsonNode argument,
        @Nullable TaskState state,
        @Nullable JsonNode value,
        @Nullable TaskError error) {}
