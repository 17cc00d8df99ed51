package io.minimalcluster.model.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.minimalcluster.model.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One task with its argument, outcome and captured output.
 *
 * @param value the returned value; null for a task without one, and for a function that returned null
 * @param worker the worker that runs the task or posted its outcome
 * @param secondCopy the worker that runs a speculative copy; null for none
 * @param seconds the run time; null if only a total is known
 * @param output what the task wrote to its standard streams; null if it wrote nothing or has not ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskDetails(
        long index,
        TaskState state,
        @Nullable RawJson argument,
        @Nullable RawJson value,
        @Nullable TaskError error,
        int attempts,
        @Nullable WorkerId worker,
        @Nullable WorkerId secondCopy,
        @Nullable Instant finishedAt,
        @Nullable Double seconds,
        @Nullable String output,
        boolean outputTruncated) {}
