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
public record Part(int first, int count, List<PositionError> errors, long[] nanos, List<PositionOutput> output) {
    /** The failure of the task at a position. */
    public record PositionError(int position, TaskError error) {}

    /** What the task at a position printed. */
    public record PositionOutput(int position, String text, boolean truncated) {}
}
