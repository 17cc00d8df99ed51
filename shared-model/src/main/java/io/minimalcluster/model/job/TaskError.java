package io.minimalcluster.model.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a task.
 *
 * @param type the class of the exception or of its cause, such as {@code java.lang.ArithmeticException}
 * @param stackTrace the stack frames of user code, outermost last, such as {@code Main.square(Main.java:3)}
 * @param attempts the number of attempts
 */
public record TaskError(
        ErrorKind kind, @Nullable String type, @Nullable String message, List<String> stackTrace, int attempts) {
    public TaskError {
        stackTrace = List.copyOf(stackTrace);
    }
}
