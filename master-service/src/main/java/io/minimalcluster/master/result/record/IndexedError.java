package io.minimalcluster.master.result.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failure of the task at an index, as a worker posts it and as it is kept; cut to a bearable size.
 *
 * @param supertypes the classes that the exception's class extends; null where nobody said, and where it is kept
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
        type = cut(type, TYPE);
        message = cut(message, MESSAGE);
        stackTrace = stackTrace == null
                ? List.of()
                : stackTrace.stream()
                        .limit(FRAMES)
                        .map(frame -> String.valueOf(cut(frame, FRAME)))
                        .toList();
        supertypes = supertypes == null
                ? null
                : supertypes.stream()
                        .limit(SUPERTYPES)
                        .map(name -> String.valueOf(cut(name, TYPE)))
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

    private static @Nullable String cut(@Nullable String text, int length) {
        if (text == null) {
            return null;
        }
        String head = text.length() <= length ? text : text.substring(0, length) + "…";
        return new String(head.getBytes(UTF_8), UTF_8); // a pair of surrogates cut in two would not be UTF-8
    }

    /** What was thrown, as its own class and as all that it extends. */
    Stream<String> types() {
        return Stream.concat(
                Stream.ofNullable(type), Stream.ofNullable(supertypes).flatMap(List::stream));
    }

    /** The same, as it is kept: once it is decided whether it is tried again, nobody asks what it extends. */
    IndexedError kept() {
        return new IndexedError(index, kind, type, message, stackTrace, attempts);
    }

    /** The same, on the given attempt. */
    IndexedError onAttempt(int attempt) {
        return new IndexedError(index, kind, type, message, stackTrace, attempt, supertypes);
    }

    public TaskError toError() {
        return new TaskError(kind, type, message, stackTrace == null ? List.of() : stackTrace, attempts);
    }
}
