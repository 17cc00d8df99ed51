package io.minimalcluster.worker.executor.protocol;

import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.frame.OutcomePart.PositionError;
import org.jspecify.annotations.Nullable;

/** Text that a process sent which user code owns: made to fit, so that it can be passed on. */
public final class TextSanitizer {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_LINE = 1024;
    private static final int MOST_LINES = 256;
    private static final int MOST_SUPERTYPES = 20;

    private TextSanitizer() {}

    /** The failure of a task. */
    static PositionError fit(PositionError failure) {
        return new PositionError(
                failure.position(),
                fit(failure.error()),
                failure.supertypes().stream()
                        .limit(MOST_SUPERTYPES)
                        .map(type -> wellFormed(type, LONGEST_LINE))
                        .toList());
    }

    /** The error of one run of a task. */
    public static TaskError fit(TaskError error) {
        return new TaskError(
                error.kind(),
                fit(error.type(), LONGEST_LINE),
                fit(error.message(), LONGEST),
                error.stackTrace().stream()
                        .limit(MOST_LINES)
                        .map(line -> wellFormed(line, LONGEST_LINE))
                        .toList(),
                1);
    }

    private static @Nullable String fit(@Nullable String text, int longest) {
        return text == null ? null : wellFormed(text, longest);
    }

    /** With halves of surrogate pairs, which have no form in UTF-8, replaced; cut where it is too long. */
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
