package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import org.jspecify.annotations.Nullable;

/** Truncates and sanitizes text from an executor, whose process user code controls. */
public final class TextSanitizer {
    private static final int MAX_LENGTH = 64 * 1024;
    private static final int MAX_LINE_LENGTH = 1024;
    private static final int MAX_LINES = 256;
    private static final int MAX_SUPERTYPES = 20;

    private TextSanitizer() {}

    /** Sanitizes the failure of a position. */
    static PositionError fit(PositionError failure) {
        return new PositionError(
                failure.position(),
                fit(failure.error()),
                failure.supertypes().stream()
                        .limit(MAX_SUPERTYPES)
                        .map(type -> wellFormed(type, MAX_LINE_LENGTH))
                        .toList());
    }

    /** Sanitizes the error of one attempt. */
    public static TaskError fit(TaskError error) {
        return new TaskError(
                error.kind(),
                fit(error.type(), MAX_LINE_LENGTH),
                fit(error.message(), MAX_LENGTH),
                error.stackTrace().stream()
                        .limit(MAX_LINES)
                        .map(line -> wellFormed(line, MAX_LINE_LENGTH))
                        .toList(),
                1);
    }

    private static @Nullable String fit(@Nullable String text, int longest) {
        return text == null ? null : wellFormed(text, longest);
    }

    /** Truncates a text, and replaces unpaired surrogates, which UTF-8 cannot encode. */
    public static String wellFormed(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) : text;
        if (cut.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return cut;
        }
        return cut.codePoints()
                .map(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
