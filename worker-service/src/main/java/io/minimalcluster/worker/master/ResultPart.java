package io.minimalcluster.worker.master;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the results of a batch.
 *
 * @param first the number of the first outcome, see {@link Batch#reportedPosition}
 * @param values blocks of values without brackets, {@code count} values in all; null for each failed task
 * @param micros run times in microseconds: one for each task, one for all together, or none
 * @param done whether this is the last part, which ends the lease
 * @param refused why the worker cannot run the batch; null if it can
 */
public record ResultPart(
        long first,
        int count,
        List<ValueBlock> values,
        List<IndexedError> errors,
        long[] micros,
        List<IndexedOutput> output,
        boolean done,
        @Nullable String refused) {
    public ResultPart {
        values = List.copyOf(values);
        errors = List.copyOf(errors);
        output = List.copyOf(output);
    }

    /** Creates a part of a batch that this worker can run. */
    public ResultPart(
            long first,
            int count,
            List<ValueBlock> values,
            List<IndexedError> errors,
            long[] micros,
            List<IndexedOutput> output,
            boolean done) {
        this(first, count, values, errors, micros, output, done, null);
    }

    /** Creates an empty last part, which ends the lease and returns the remaining tasks. */
    public static ResultPart nothingMore(long first) {
        return new ResultPart(first, 0, List.of(), List.of(), new long[0], List.of(), true);
    }

    /** Creates an empty last part, which ends the lease and hands the remaining tasks to another worker. */
    public static ResultPart refused(long first, String reason) {
        return new ResultPart(first, 0, List.of(), List.of(), new long[0], List.of(), true, reason);
    }

    /** A range of bytes in an array: comma-separated JSON values without brackets. */
    public record ValueBlock(byte[] bytes, int from, int to) {}

    /**
     * The failure of the task at an index.
     *
     * @param supertypes the superclasses of the exception class
     */
    public record IndexedError(
            long index,
            ErrorKind kind,
            @Nullable String type,
            @Nullable String message,
            List<String> stackTrace,
            int attempts,
            List<String> supertypes) {
        public IndexedError {
            stackTrace = List.copyOf(stackTrace);
            supertypes = List.copyOf(supertypes);
        }

        /** Creates the failure of a task in an attempt. */
        public static IndexedError of(long index, PositionError failure, int attempt) {
            TaskError error = failure.error();
            return new IndexedError(
                    index,
                    error.kind(),
                    error.type(),
                    error.message(),
                    error.stackTrace(),
                    attempt,
                    failure.supertypes());
        }
    }

    /** The output of the task at an index. */
    public record IndexedOutput(long index, String text, boolean truncated) {}
}
