package io.minimalcluster.task.frame;

import io.minimalcluster.model.job.TaskError;
import java.util.List;

/**
 * The header of a PART frame: outcomes of consecutive positions of a batch. The body has exactly {@code count} values,
 * with null for errors.
 *
 * @param first the first position
 * @param nanos the duration of each task; or one element, the total duration
 */
public record OutcomePart(int first, int count, List<PositionError> errors, long[] nanos, List<PositionOutput> output) {
    /**
     * The failure of the task at a position.
     *
     * @param supertypes the superclasses of the exception, nearest first
     */
    public record PositionError(int position, TaskError error, List<String> supertypes) {
        public PositionError {
            supertypes = supertypes == null ? List.of() : List.copyOf(supertypes); // absent in JSON
        }

        public PositionError(int position, TaskError error) {
            this(position, error, List.of());
        }

        /** The same failure at another position. */
        public PositionError at(int other) {
            return new PositionError(other, error, supertypes);
        }
    }

    /** The output of the task at a position. */
    public record PositionOutput(int position, String text, boolean truncated) {}
}
