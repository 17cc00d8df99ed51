package io.minimalcluster.model.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a task.
 *
 * @param type the class of the exception, or of the cause, such as {@code java.lang.ArithmeticException}
 * @param stackTrace the frames of the user's own code, outermost last, each as {@code Main.square(Main.java:3)}
 * @param attempts how often it was run
 */
public record TaskError(
        ErrorKind kind, @Nullable String type, @Nullable String message, List<String> stackTrace, int attempts) {
    public TaskError {
        stackTrace = List.copyOf(stackTrace);
    }
}
