package io.minimalcluster.worker.master;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the results of a batch.
 *
 * @param first the place of the first outcome, see {@link Batch#placeOf}
 * @param values blocks of values without brackets; together they have exactly {@code count}, null where there is an
 *     error
 * @param micros the time that each took; or one element, the time of them all together; may be empty
 * @param done whether nothing follows, which ends the lease
 */
public record ResultPart(
        long first,
        int count,
        List<ValueBlock> values,
        List<IndexedError> errors,
        long[] micros,
        List<IndexedOutput> output,
        boolean done) {
    public ResultPart {
        values = List.copyOf(values);
        errors = List.copyOf(errors);
        output = List.copyOf(output);
    }

    /** Nothing more; what is left of the lease is given back. */
    public static ResultPart nothingMore(long first) {
        return new ResultPart(first, 0, List.of(), List.of(), new long[0], List.of(), true);
    }

    /** Some bytes of an array: values in JSON, with commas between them, without brackets around them. */
    public record ValueBlock(byte[] bytes, int from, int to) {}

    /**
     * The failure of the task at an index.
     *
     * @param supertypes the classes that the exception's class extends
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

        /** The failure of a task in a given try. */
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

    /** What the task at an index printed. */
    public record IndexedOutput(long index, String text, boolean truncated) {}
}
