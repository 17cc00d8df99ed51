package io.minimalcluster.master.result.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Failure of the task at an index, as posted by a worker and as stored. Long texts are truncated.
 *
 * @param supertypes superclasses of the exception's class; null if unknown, and in stored errors
 */
public record IndexedError(
        long index,
        ErrorKind kind,
        @Nullable String type,
        @Nullable String message,
        @Nullable List<String> stackTrace,
        int attempts,
        @Nullable List<String> supertypes) {
    private static final int MESSAGE = 8_192;
    private static final int TYPE = 500;
    private static final int FRAME = 1_000;
    private static final int FRAMES = 100;
    private static final int SUPERTYPES = 20;

    public IndexedError {
        type = truncate(type, TYPE);
        message = truncate(message, MESSAGE);
        stackTrace = stackTrace == null
                ? List.of()
                : stackTrace.stream()
                        .limit(FRAMES)
                        .map(frame -> String.valueOf(truncate(frame, FRAME)))
                        .toList();
        supertypes = supertypes == null
                ? null
                : supertypes.stream()
                        .limit(SUPERTYPES)
                        .map(name -> String.valueOf(truncate(name, TYPE)))
                        .toList();
    }

    IndexedError(
            long index,
            ErrorKind kind,
            @Nullable String type,
            @Nullable String message,
            @Nullable List<String> stackTrace,
            int attempts) {
        this(index, kind, type, message, stackTrace, attempts, null);
    }

    private static @Nullable String truncate(@Nullable String text, int length) {
        if (text == null) {
            return null;
        }
        String head = text.length() <= length ? text : text.substring(0, length) + "…";
        return new String(head.getBytes(UTF_8), UTF_8); // replaces a surrogate pair that was split
    }

    /** Names of the exception's class and its superclasses. */
    Stream<String> types() {
        return Stream.concat(
                Stream.ofNullable(type), Stream.ofNullable(supertypes).flatMap(List::stream));
    }

    /** The stored form. Supertypes are needed only to decide about another attempt. */
    IndexedError stored() {
        return new IndexedError(index, kind, type, message, stackTrace, attempts);
    }

    /** A copy whose message ends with the place of the failure. */
    IndexedError withMessageAt(String place) {
        String text = message == null ? "out of memory" : message;
        return new IndexedError(index, kind, type, text + place, stackTrace, attempts, supertypes);
    }

    /** A copy with the given attempt. */
    IndexedError onAttempt(int attempt) {
        return new IndexedError(index, kind, type, message, stackTrace, attempt, supertypes);
    }

    public TaskError toError() {
        return new TaskError(kind, type, message, stackTrace == null ? List.of() : stackTrace, attempts);
    }
}
