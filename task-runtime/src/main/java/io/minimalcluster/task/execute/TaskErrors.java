package io.minimalcluster.task.execute;

import io.minimalcluster.model.job.ErrorKind;
import io.minimalcluster.model.job.TaskError;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.error.ResultTooLargeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds task errors of bounded length. Methods of exceptions are user code, and may throw or return anything. */
final class TaskErrors {
    private static final int FRAMES = 50;
    private static final int MESSAGE = 4096;
    private static final int CAUSES = 10;
    private static final String CAUSED_BY = "Caused by: ";
    private static final int SUPERTYPES = 20;
    private static final List<String> RUNTIME_PACKAGES = List.of("io.minimalcluster.task.", "tools.jackson.");
    private static final TaskError OUT_OF_MEMORY = new TaskError(
            ErrorKind.OUT_OF_MEMORY, OutOfMemoryError.class.getName(), "no memory left for the message", List.of(), 1);

    private TaskErrors() {}

    /** Loads this class, for which a full heap has no room. */
    static void load() {}

    static TaskError of(Throwable thrown) {
        try {
            return describe(thrown);
        } catch (OutOfMemoryError _) {
            return OUT_OF_MEMORY;
        }
    }

    /** Has no pattern switch, for which the JVM would generate a class: the heap may be full. */
    private static TaskError describe(Throwable thrown) {
        if (thrown instanceof ArgumentMismatch) {
            return ofRuntime(ErrorKind.ARGUMENT, thrown);
        }
        if (thrown instanceof ResultTooLargeException) {
            return ofRuntime(ErrorKind.RESULT_TOO_LARGE, thrown);
        }
        return thrown instanceof NotSerializable ? ofRuntime(ErrorKind.EXCEPTION, thrown) : ofUserCode(thrown);
    }

    /** An error for a function that cannot be loaded, which fails all tasks of the job. */
    static TaskError loadFailure(String message) {
        return new TaskError(ErrorKind.EXCEPTION, null, message, List.of(), 1);
    }

    /** Whether an exception or one of its causes is an {@link OutOfMemoryError}. */
    static boolean isOutOfMemory(Throwable thrown) {
        return isCausedBy(OutOfMemoryError.class, thrown);
    }

    /** Whether an exception or one of its causes reports a class whose initialiser failed, now or before. */
    static boolean isFailedInitialiser(Throwable thrown) {
        return isCausedBy(ExceptionInInitializerError.class, thrown);
    }

    /** Allocates nothing, because the heap may be full. */
    private static boolean isCausedBy(Class<?> type, Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth <= CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = causeOf(cause);
        }
        return false;
    }

    private static TaskError ofRuntime(ErrorKind kind, Throwable thrown) {
        return new TaskError(kind, null, thrown.getMessage(), List.of(), 1);
    }

    private static TaskError ofUserCode(Throwable thrown) {
        ErrorKind kind = isOutOfMemory(thrown) ? ErrorKind.OUT_OF_MEMORY : ErrorKind.EXCEPTION;
        return new TaskError(kind, typeOf(thrown), message(thrown), frames(thrown), 1);
    }

    /** The names of the superclasses of an exception, nearest first, up to {@code Throwable}. */
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
        List<Throwable> causes = causes(thrown);
        for (Throwable cause : causes.subList(1, causes.size())) {
            if (text.length() < MESSAGE) {
                String causeMessage = messageOf(cause);
                text.append(text.isEmpty() ? "" : "\n").append(CAUSED_BY).append(typeOf(cause));
                text.append(causeMessage == null ? "" : ": " + causeMessage);
            }
        }
        return text.isEmpty() ? null : cut(text.toString(), MESSAGE);
    }

    @SuppressWarnings("CatchingUnchecked") // user code may throw anything here
    private static @Nullable String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : cut(message, MESSAGE);
        } catch (Throwable e) {
            return "(its getMessage threw " + typeOf(e) + ")";
        }
    }

    /** An exception and its causes, which may be endlessly many, or form a cycle. */
    private static List<Throwable> causes(Throwable thrown) {
        Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> inOrder = new ArrayList<>();
        for (Throwable at = thrown; at != null && inOrder.size() <= CAUSES && all.add(at); at = causeOf(at)) {
            inOrder.add(at);
        }
        return inOrder;
    }

    private static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable _) {
            return null;
        }
    }

    /** The frames of user code of an exception, then of each cause, without those that it shares with its effect. */
    private static List<String> frames(Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        int room = FRAMES / causes.size();
        List<String> all = new ArrayList<>();
        List<StackTraceElement> effect = List.of();
        for (Throwable cause : causes) {
            List<StackTraceElement> own = userFrames(cause);
            if (!all.isEmpty()) {
                all.add(CAUSED_BY + typeOf(cause));
            }
            own.stream()
                    .limit(Math.min(room, own.size() - shared(own, effect)))
                    .map(TaskErrors::format)
                    .forEach(all::add);
            effect = own;
        }
        return all.stream().limit(FRAMES).toList();
    }

    /** The number of last frames that two lists have in common. */
    private static int shared(List<StackTraceElement> one, List<StackTraceElement> other) {
        int shared = 0;
        while (shared < Math.min(one.size(), other.size())
                && one.get(one.size() - 1 - shared).equals(other.get(other.size() - 1 - shared))) {
            shared++;
        }
        return shared;
    }

    private static List<StackTraceElement> userFrames(Throwable thrown) {
        try {
            return Arrays.stream(thrown.getStackTrace())
                    .takeWhile(frame -> RUNTIME_PACKAGES.stream().noneMatch(frame.getClassName()::startsWith))
                    .filter(TaskErrors::isUserCode)
                    .toList();
        } catch (Throwable _) {
            return List.of();
        }
    }

    /** Whether a frame belongs to user code, which is in the unnamed module, unlike the JDK. */
    private static boolean isUserCode(StackTraceElement frame) {
        return frame.getModuleName() == null;
    }

    private static String format(StackTraceElement frame) {
        String file = frame.getFileName() == null ? "Unknown Source" : frame.getFileName();
        String line = frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "";
        return cut(frame.getClassName() + "." + frame.getMethodName() + "(" + file + line + ")", 1000);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
