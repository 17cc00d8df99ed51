package io.minimalcluster.task.bind.error;

import io.minimalcluster.model.support.JsonLimits;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.type.TypeFactory;

/** Errors of reading and writing values, as messages for the author of a value. */
public final class JsonErrors {
    private JsonErrors() {}

    /**
     * The error of a value that was read.
     *
     * @param type the type that was read
     * @param excerpt gives the start of the JSON
     */
    public static ArgumentMismatch mismatch(JacksonException e, JavaType type, Supplier<String> excerpt) {
        rethrowErrors(e);
        String path = path(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArgumentMismatch mismatch) {
                return path.isEmpty() ? mismatch : mismatch.within(path);
            }
            if (cause instanceof StreamConstraintsException) {
                return tooDeepToRead();
            }
            if (cause instanceof StreamReadException read && read.processor() != null) {
                return repeated(path, read.processor());
            }
            if (!(cause instanceof JacksonException)) {
                return new ArgumentMismatch(path, ofCollection(cause));
            }
        }
        return new ArgumentMismatch(
                path, e instanceof InvalidNullException ? "null does not fit here" : unreadable(e, type, excerpt));
    }

    /** The JSON is well-formed, so that all a parser rejects is a member that is there twice. */
    private static ArgumentMismatch repeated(String path, JsonParser parser) {
        String name = ArgumentMismatch.shorten(
                String.valueOf(parser.streamReadContext().currentName()), 60);
        return new ArgumentMismatch(path.isEmpty() ? name : path + "." + name, "it is there twice");
    }

    /** Collections of the JDK throw exceptions without a message for null. */
    private static String ofCollection(Throwable thrown) {
        return thrown instanceof NullPointerException ? "null does not fit here" : thrown.toString();
    }

    /** A mismatch that only Jackson has words for, in words of this project. */
    private static String unreadable(JacksonException e, JavaType type, Supplier<String> excerpt) {
        JavaType target = e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? TypeFactory.createDefaultInstance().constructType(mismatch.getTargetType())
                : type;
        String found = e.processor() instanceof JsonParser parser && parser.currentToken() != null
                ? TypeDescriptions.found(parser)
                : excerpt.get();
        return TypeDescriptions.unreadable(target, found, "").getMessage();
    }

    public static ArgumentMismatch tooDeepToRead() {
        return new ArgumentMismatch("it is nested deeper than " + JsonLimits.MAX_DEPTH + " levels");
    }

    /**
     * The error of a value that was written: a {@link NotSerializable}, or the exception of an accessor or iterator of
     * user code.
     *
     * @param hint what to use instead of a type without JSON
     */
    public static RuntimeException unwritable(JacksonException e, Object value, String hint) {
        rethrowErrors(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSerializable problem) {
                String path = path(e);
                return new NotSerializable((path.isEmpty() ? "" : path + ": ") + problem.getMessage());
            }
            if (!(cause instanceof JacksonException) && cause instanceof RuntimeException thrown) {
                return thrown;
            }
        }
        return unsupported(e, value, hint);
    }

    /** Whether a value that was written is nested too deeply, as one that contains itself. */
    public static boolean isTooDeep(JacksonException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(StreamConstraintsException.class::isInstance);
    }

    private static NotSerializable unsupported(JacksonException e, Object value, String hint) {
        String path = path(e);
        String type = e instanceof InvalidDefinitionException known && known.getType() != null
                ? known.getType().getRawClass().getTypeName()
                : value.getClass().getTypeName();
        return new NotSerializable((path.isEmpty() ? "it" : path) + " is a " + type + "; " + hint
                + " numbers, strings, records, or collections and maps of them");
    }

    /** The path of an error within a value, such as {@code path[1].y}; empty at the top level. */
    private static String path(JacksonException e) {
        String path = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    /** Rethrows a {@link VirtualMachineError} that Jackson wrapped, because it is not a mismatch. */
    private static void rethrowErrors(JacksonException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }
}
