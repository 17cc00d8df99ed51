package io.minimalcluster.task.frame;

import io.minimalcluster.model.job.TaskError;
import java.util.List;

/**
 * Outcomes of consecutive positions of a batch; the body has exactly {@code count} values, null where there is an
 * error.
 *
 * @param first the position of the first
 * @param nanos the time that each took; or one element, the time of them all together
 */
public record OutcomePart(int first, int count, List<PositionError> errors, long[] nanos, List<PositionOutput> output) {
    /**
     * The failure of the task at a position.
     *
     * @param supertypes the classes that the exception's class extends, nearest first
     */
    public record PositionError(int position, TaskError error, List<String> supertypes) {
        public PositionError {
            supertypes = supertypes == null ? List.of() : List.copyOf(supertypes); // null where it was read from JSON
        }

        public PositionError(int position, TaskError error) {
            this(position, error, List.of());
        }

        /** The same failure, said of another position. */
        public PositionError at(int other) {
            return new PositionError(other, error, supertypes);
        }
    }

    /** What the task at a position printed. */
    public record PositionOutput(int position, String text, boolean truncated) {}
}
