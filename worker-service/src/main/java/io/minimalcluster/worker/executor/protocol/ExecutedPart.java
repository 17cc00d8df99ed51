package io.minimalcluster.worker.executor.protocol;

import static io.minimalcluster.task.frame.TaskStateFile.MAX_OUTPUT;
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
 * @param first the first position
 * @param values a validated JSON array of exactly {@code count} elements, null for each failed position
 * @param nanos run times in nanoseconds: one for each position, one for all together, or none if unknown
 */
public record ExecutedPart(
        int first, int count, byte[] values, List<PositionError> errors, long[] nanos, List<PositionOutput> output) {
    public ExecutedPart {
        errors = List.copyOf(errors);
        output = List.copyOf(output);
    }

    /** Creates a part in which consecutive positions fail with the same error. */
    public static ExecutedPart failed(PositionRange span, TaskError error) {
        String nulls = "null,".repeat(span.length());
        List<PositionError> errors = span.positions()
                .mapToObj(position -> new PositionError(position, error))
                .toList();
        byte[] values = ("[" + nulls.substring(0, nulls.length() - 1) + "]").getBytes(UTF_8);
        return new ExecutedPart(span.start(), span.length(), values, errors, new long[0], List.of());
    }

    /** Returns the part with the output of its first position, cut to a length. No output is no entry. */
    public ExecutedPart printed(byte[] text, int maxBytes) {
        String printed = TextSanitizer.wellFormed(new String(text, UTF_8), maxBytes);
        return printed.isEmpty()
                ? this
                : new ExecutedPart(
                        first,
                        count,
                        values,
                        errors,
                        nanos,
                        List.of(new PositionOutput(first, printed, text.length >= Math.min(maxBytes, MAX_OUTPUT))));
    }

    /** Returns the part with all positions increased by {@code places}. */
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
                                .map(entry ->
                                        new PositionOutput(entry.position() + places, entry.text(), entry.truncated()))
                                .toList());
    }

    /** Returns the outcomes before a position, of which there must be at least one. */
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
                        output.stream().filter(entry -> entry.position() < end).toList());
    }

    /** Whether a task ran out of memory. */
    public boolean isOutOfMemory() {
        return errors.stream().anyMatch(error -> error.error().kind() == ErrorKind.OUT_OF_MEMORY);
    }

    public PositionRange span() {
        return new PositionRange(first, first + count);
    }
}
