package io.minimalcluster.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.job.TaskError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The outcome of one task: a value, or an error.
 *
 * @param value what the function returned; null where it failed, JSON's null where it returned none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
        long index, @Nullable JsonNode value, @Nullable TaskError error) {}
