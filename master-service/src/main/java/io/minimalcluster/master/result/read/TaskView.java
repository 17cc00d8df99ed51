package io.minimalcluster.master.result.read;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.minimalcluster.model.WorkerId;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.model.job.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One task, whole.
 *
 * @param argument JSON
 * @param value JSON; absent where there is none
 * @param attempts how often it was run, as far as is known: where a worker was lost, what it may have run counts
 * @param worker that runs it, or had its outcome
 * @param secondCopy the worker that runs it too; absent for none
 * @param seconds how long it took; absent where only a sum is known
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
    /** The same, while another worker runs it too. */
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
