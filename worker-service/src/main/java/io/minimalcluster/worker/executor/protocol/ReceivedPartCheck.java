package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.task.frame.Frame;
import io.minimalcluster.task.frame.OutcomePart;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import io.minimalcluster.task.frame.OutcomePart.PositionOutput;
import io.minimalcluster.task.json.JsonSyntaxException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Validates a part of results from an executor. User code controls that process, so every field is checked. */
public final class ReceivedPartCheck {
    /** The error kinds that an executor may report. The worker and the master determine the others. */
    private static final Set<ErrorKind> KINDS =
            EnumSet.of(ErrorKind.EXCEPTION, ErrorKind.ARGUMENT, ErrorKind.RESULT_TOO_LARGE, ErrorKind.OUT_OF_MEMORY);

    private final OutcomePart part;
    private final byte[] body;

    private ReceivedPartCheck(Frame frame) throws ProtocolException {
        part = FrameHeaders.read(frame.header(), OutcomePart.class);
        body = frame.body();
    }

    /**
     * Reads and validates the part in a frame.
     *
     * @param expected the required first position
     * @param end the exclusive upper bound of its positions
     */
    public static ExecutedPart read(Frame frame, int expected, int end, int maxResultBytes, int maxOutputBytes)
            throws ProtocolException {
        ReceivedPartCheck received = new ReceivedPartCheck(frame);
        received.checkShape();
        received.checkPlace(expected, end);
        received.checkTimes();
        received.checkValues(maxResultBytes);
        return received.checked(maxOutputBytes);
    }

    /** Checks for nulls, which the JSON mapper accepts. */
    private void checkShape() throws ProtocolException {
        boolean complete = Stream.of(part.errors(), part.output(), part.nanos()).noneMatch(Objects::isNull)
                && part.errors().stream().allMatch(ReceivedPartCheck::isComplete)
                && part.output().stream().allMatch(entry -> entry != null && entry.text() != null);
        require(complete, "a part with missing fields");
    }

    private static boolean isComplete(@Nullable PositionError error) {
        return error != null && error.error() != null && error.error().kind() != null;
    }

    private void checkPlace(int expected, int end) throws ProtocolException {
        require(part.first() == expected, "a part from " + part.first() + " instead of " + expected);
        require(part.count() > 0 && part.count() <= end - expected, "a part of " + part.count() + " results");
    }

    private void checkTimes() throws ProtocolException {
        long[] nanos = part.nanos();
        boolean fits = nanos.length <= 1 || nanos.length == part.count();
        require(fits && Arrays.stream(nanos).allMatch(time -> time >= 0), "invalid run times");
    }

    private void checkValues(int maxResultBytes) throws ProtocolException {
        try {
            if (part.errors().isEmpty() && body.length <= maxResultBytes) {
                checkCount(JsonArray.count(body)); // no value can be too long, and none has to be null
            } else {
                JsonArray values = JsonArray.of(body);
                checkCount(values.size());
                require(values.longest() <= maxResultBytes, "a value of " + values.longest() + " bytes");
                checkErrors(values);
            }
        } catch (JsonSyntaxException malformed) {
            throw new ProtocolException("malformed JSON values: " + malformed.getMessage());
        }
    }

    private void checkCount(int values) throws ProtocolException {
        require(values == part.count(), values + " values instead of " + part.count());
    }

    private void checkErrors(JsonArray values) throws ProtocolException {
        for (PositionError error : part.errors()) {
            require(
                    isInside(error.position()) && values.isNull(error.position() - part.first()),
                    "an error at an invalid position");
            require(
                    KINDS.contains(error.error().kind()),
                    "an error of kind " + error.error().kind());
        }
        long places = part.errors().stream()
                .mapToInt(PositionError::position)
                .distinct()
                .count();
        require(places == part.errors().size(), "two errors of one task");
    }

    private ExecutedPart checked(int maxOutputBytes) throws ProtocolException {
        List<PositionError> errors =
                part.errors().stream().map(error -> TextSanitizer.fit(error)).toList();
        for (PositionOutput output : part.output()) {
            require(isInside(output.position()), "output at an invalid position");
        }
        List<PositionOutput> output = part.output().stream()
                .map(entry -> new PositionOutput(
                        entry.position(),
                        TextSanitizer.wellFormed(entry.text(), maxOutputBytes),
                        entry.truncated() || entry.text().length() > maxOutputBytes))
                .toList();
        return new ExecutedPart(part.first(), part.count(), body, errors, part.nanos(), output);
    }

    private boolean isInside(int position) {
        return position >= part.first() && position < part.first() + part.count();
    }

    private static void require(boolean condition, String violation) throws ProtocolException {
        if (!condition) {
            throw new ProtocolException(violation);
        }
    }
}
