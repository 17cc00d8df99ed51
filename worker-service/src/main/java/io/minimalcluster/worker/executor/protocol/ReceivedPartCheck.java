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

/** Checks a part of results that a process sent which user code owns: nothing of it is taken on trust. */
public final class ReceivedPartCheck {
    /** What an executor can know; the other kinds are for those who watch it. */
    private static final Set<ErrorKind> KINDS =
            EnumSet.of(ErrorKind.EXCEPTION, ErrorKind.ARGUMENT, ErrorKind.RESULT_TOO_LARGE, ErrorKind.OUT_OF_MEMORY);

    private final OutcomePart part;
    private final JsonArray values;
    private final byte[] body;

    private ReceivedPartCheck(Frame frame) throws ProtocolException {
        part = FrameHeaders.read(frame.header(), OutcomePart.class);
        body = frame.body();
        try {
            values = JsonArray.of(body);
        } catch (JsonSyntaxException malformed) {
            throw new ProtocolException("values that are no JSON: " + malformed.getMessage());
        }
    }

    /**
     * The part that a frame has.
     *
     * @param expected the position that it has to begin with
     * @param end the position that it has to end before
     */
    public static ExecutedPart read(Frame frame, int expected, int end, int maxResultBytes, int maxOutputBytes)
            throws ProtocolException {
        ReceivedPartCheck received = new ReceivedPartCheck(frame);
        received.checkShape();
        received.checkPlace(expected, end);
        received.checkValues(maxResultBytes);
        received.checkErrors();
        return received.checked(maxOutputBytes);
    }

    /** That nothing is null where it must not be; the mapper does not know. */
    private void checkShape() throws ProtocolException {
        boolean whole = Stream.of(part.errors(), part.output(), part.nanos()).noneMatch(Objects::isNull)
                && part.errors().stream().allMatch(ReceivedPartCheck::isWhole)
                && part.output().stream().allMatch(some -> some != null && some.text() != null);
        demand(whole, "a part with gaps");
    }

    private static boolean isWhole(@Nullable PositionError error) {
        return error != null && error.error() != null && error.error().kind() != null;
    }

    private void checkPlace(int expected, int end) throws ProtocolException {
        demand(part.first() == expected, "a part from " + part.first() + " instead of " + expected);
        demand(part.count() > 0 && part.count() <= end - expected, "a part of " + part.count() + " results");
    }

    private void checkValues(int maxResultBytes) throws ProtocolException {
        demand(values.size() == part.count(), values.size() + " values instead of " + part.count());
        demand(values.longest() <= maxResultBytes, "a value of " + values.longest() + " bytes");
        long[] nanos = part.nanos();
        boolean fits = nanos.length <= 1 || nanos.length == part.count();
        demand(fits && Arrays.stream(nanos).allMatch(time -> time >= 0), "times that do not fit");
    }

    private void checkErrors() throws ProtocolException {
        for (PositionError error : part.errors()) {
            demand(
                    isInside(error.position()) && values.isNull(error.position() - part.first()),
                    "an error out of place");
            demand(
                    KINDS.contains(error.error().kind()),
                    "an error of kind " + error.error().kind());
        }
        long places = part.errors().stream()
                .mapToInt(PositionError::position)
                .distinct()
                .count();
        demand(places == part.errors().size(), "two errors of one task");
    }

    private ExecutedPart checked(int maxOutputBytes) throws ProtocolException {
        List<PositionError> errors =
                part.errors().stream().map(error -> TextSanitizer.fit(error)).toList();
        for (PositionOutput output : part.output()) {
            demand(isInside(output.position()), "output out of place");
        }
        List<PositionOutput> output = part.output().stream()
                .map(some -> new PositionOutput(
                        some.position(),
                        TextSanitizer.wellFormed(some.text(), maxOutputBytes),
                        some.truncated() || some.text().length() > maxOutputBytes))
                .toList();
        return new ExecutedPart(part.first(), part.count(), body, errors, part.nanos(), output);
    }

    private boolean isInside(int position) {
        return position >= part.first() && position < part.first() + part.count();
    }

    private static void demand(boolean kept, String otherwise) throws ProtocolException {
        if (!kept) {
            throw new ProtocolException(otherwise);
        }
    }
}
