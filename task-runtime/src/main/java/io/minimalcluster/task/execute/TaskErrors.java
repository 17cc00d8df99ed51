package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.error.ResultTooLargeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what went wrong in a task, in bounded length, whatever the exception's own methods do: they are user code too.
 */
final class TaskErrors {
    private static final int FRAMES = 50;
    private static final int MESSAGE = 4096;
    private static final int CAUSES = 10;
    private static final int SUPERTYPES = 20;
    private static final List<String> OURS = List.of("io.minimalcluster.task.", "tools.jackson.");
    private static final TaskError OUT_OF_MEMORY = new TaskError(
            ErrorKind.OUT_OF_MEMORY, OutOfMemoryError.class.getName(), "not even for its message", List.of(), 1);

    private TaskErrors() {}

    static TaskError of(Throwable thrown) {
        try {
            return describe(thrown);
        } catch (OutOfMemoryError _) {
            return OUT_OF_MEMORY;
        }
    }

    private static TaskError describe(Throwable thrown) {
        return switch (thrown) {
            case ArgumentMismatch mismatch -> plain(ErrorKind.ARGUMENT, mismatch);
            case ResultTooLargeException tooLarge -> plain(ErrorKind.RESULT_TOO_LARGE, tooLarge);
            case NotSerializable unwritable -> plain(ErrorKind.EXCEPTION, unwritable);
            default -> ofUserCode(thrown);
        };
    }

    /** A failure that no task of a job can escape, before any of them ran. */
    static TaskError unloadable(String message) {
        return new TaskError(ErrorKind.EXCEPTION, null, message, List.of(), 1);
    }

    /** Whether memory ran out, be it far down in the causes. */
    static boolean isOutOfMemory(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = causeOf(cause);
        }
        return false;
    }

    private static TaskError plain(ErrorKind kind, Throwable ours) {
        return new TaskError(kind, null, ours.getMessage(), List.of(), 1);
    }

    private static TaskError ofUserCode(Throwable thrown) {
        ErrorKind kind = isOutOfMemory(thrown) ? ErrorKind.OUT_OF_MEMORY : ErrorKind.EXCEPTION;
        return new TaskError(kind, typeOf(thrown), message(thrown), frames(thrown), 1);
    }

    /** The classes that a thrown one extends, nearest first, up to Throwable. */
    static List<String> supertypes(Throwable thrown) {
        List<String> names = new ArrayList<>();
        Class<?> type = thrown.getClass().getSuperclass();
        while (type != null && type != Object.class && names.size() < SUPERTYPES) {
            names.add(cut(type.getName(), 500));
            type = type.getSuperclass();
        }
        return names;
    }

    private static String typeOf(Throwable thrown) {
        return cut(thrown.getClass().getName(), 500);
    }

    private static @Nullable String message(Throwable thrown) {
        StringBuilder text = new StringBuilder(Objects.requireNonNullElse(messageOf(thrown), ""));
        Throwable cause = causeOf(thrown);
        for (int depth = 0; cause != null && depth < CAUSES && text.length() < MESSAGE; depth++) {
            text.append(text.isEmpty() ? "" : "\n").append("Caused by: ").append(typeOf(cause));
            String said = messageOf(cause);
            text.append(said == null ? "" : ": " + said);
            cause = causeOf(cause);
        }
        return text.isEmpty() ? null : cut(text.toString(), MESSAGE);
    }

    @SuppressWarnings("CatchingUnchecked") // whatever user code throws here is not worth more than a remark
    private static @Nullable String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : cut(message, MESSAGE);
        } catch (Throwable e) {
            return "(its getMessage threw " + typeOf(e) + ")";
        }
    }

    private static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable _) {
            return null;
        }
    }

    private static List<String> frames(Throwable thrown) {
        try {
            return Arrays.stream(thrown.getStackTrace())
                    .takeWhile(frame -> OURS.stream().noneMatch(frame.getClassName()::startsWith))
                    .filter(TaskErrors::isUsers)
                    .limit(FRAMES)
                    .map(TaskErrors::shown)
                    .toList();
        } catch (Throwable _) {
            return List.of();
        }
    }

    /** The JDK's classes are in named modules, the user's in none. */
    private static boolean isUsers(StackTraceElement frame) {
        return frame.getModuleName() == null;
    }

    private static String shown(StackTraceElement frame) {
        String file = frame.getFileName() == null ? "Unknown Source" : frame.getFileName();
        String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
        return cut(frame.getClassName() + "." + frame.getMethodName() + "(" + file + line + ")", 1000);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
