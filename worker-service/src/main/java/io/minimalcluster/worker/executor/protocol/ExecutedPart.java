package io.minimalcluster.worker.executor.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.task.frame.OutcomePart.PositionOutput;
import java.util.Arrays;
import java.util.List;

/**
 * Outcomes of consecutive positions of a batch.
 *
 * @param first the position of the first
 * @param values a JSON array of exactly {@code count} elements, checked; null where there is an error
 * @param nanos the time that each took, or one element for all of them together, or none where it is not known
 */
public record ExecutedPart(
        int first, int count, byte[] values, List<PositionError> errors, long[] nanos, List<PositionOutput> output) {
    public ExecutedPart {
        errors = List.copyOf(errors);
        output = List.copyOf(output);
    }

    /** The same failure for some consecutive positions. */
    public static ExecutedPart failed(PositionRange span, TaskError error) {
        String nulls = "null,".repeat(span.length());
        List<PositionError> errors = span.positions()
                .mapToObj(position -> new PositionError(position, error))
                .toList();
        byte[] values = ("[" + nulls.substring(0, nulls.length() - 1) + "]").getBytes(UTF_8);
        return new ExecutedPart(span.start(), span.length(), values, errors, new long[0], List.of());
    }

    /** As it is seen from {@code places} positions before. */
    public ExecutedPart movedBy(int places) {
        return places == 0
                ? this
                : new ExecutedPart(
                        first + places,
                        count,
                        values,
                        errors.stream()
                                .map(error -> error.at(error.position() + places))
                                .toList(),
                        nanos,
                        output.stream()
                                .map(some ->
                                        new PositionOutput(some.position() + places, some.text(), some.truncated()))
                                .toList());
    }

    /** What of it lies before a position; it must have something there. */
    public ExecutedPart before(int end) {
        int kept = Math.min(count, end - first);
        return kept == count
                ? this
                : new ExecutedPart(
                        first,
                        kept,
                        JsonArray.of(values).slice(0, kept),
                        errors.stream().filter(error -> error.position() < end).toList(),
                        nanos.length == count ? Arrays.copyOf(nanos, kept) : new long[0],
                        output.stream().filter(some -> some.position() < end).toList());
    }

    /** Whether a task in it had no memory left. */
    public boolean isOutOfMemory() {
        return errors.stream().anyMatch(error -> error.error().kind() == ErrorKind.OUT_OF_MEMORY);
    }

    public PositionRange span() {
        return new PositionRange(first, first + count);
    }
}
