package io.minimalcluster.master.result.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Details of one task.
 *
 * @param argument JSON
 * @param value JSON; absent for a task without a value
 * @param attempts number of runs as far as known; includes runs that may have started on a lost worker
 * @param worker the worker that runs the task or posted its outcome
 * @param secondCopy the worker that runs a speculative copy; absent for none
 * @param seconds run time; absent if only a total is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskView(
        long index,
        TaskState state,
        @JsonRawValue @Nullable String argument,
        @JsonRawValue @Nullable String value,
        @Nullable TaskError error,
        int attempts,
        @Nullable WorkerId worker,
        @Nullable WorkerId secondCopy,
        @Nullable Instant finishedAt,
        @Nullable Double seconds,
        @Nullable String output,
        boolean outputTruncated) {
    /** A view with the worker of a speculative copy. */
    TaskView copiedTo(WorkerId other) {
        return new TaskView(
                index,
                state,
                argument,
                value,
                error,
                attempts,
                worker,
                other,
                finishedAt,
                seconds,
                output,
                outputTruncated);
    }
}
