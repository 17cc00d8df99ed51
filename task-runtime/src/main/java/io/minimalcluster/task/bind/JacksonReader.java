package io.minimalcluster.task.bind;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import io.minimalcluster.task.bind.type.StrictJson;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Reads a type by a Jackson deserializer. */
record JacksonReader(JavaType type, ObjectReader reader) {
    static final JacksonReader TEXT = of(String.class);

    static JacksonReader of(Type type) {
        JavaType resolved = StrictJson.MAPPER.constructType(type);
        return new JacksonReader(resolved, StrictJson.MAPPER.readerFor(resolved));
    }

    Object read(JsonElement element) {
        try {
            return reader.readValue(element.bytes, element.from, element.to - element.from);
        } catch (StackOverflowError _) {
            throw tooDeep();
        } catch (JacksonException e) {
            throw mismatch(e, element);
        }
    }

    private ArgumentMismatch mismatch(JacksonException e, JsonElement element) {
        StrictJson.rethrowErrors(e);
        String path = StrictJson.path(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArgumentMismatch mismatch) {
                return path.isEmpty() ? mismatch : mismatch.within(path);
            }
            if (cause instanceof StreamConstraintsException) {
                return tooDeep();
            }
            if (cause instanceof StreamReadException read && read.processor() != null) {
                return repeated(path, read.processor());
            }
            if (!(cause instanceof JacksonException)) {
                return new ArgumentMismatch(path, ofCollection(cause));
            }
        }
        return new ArgumentMismatch(
                path, e instanceof InvalidNullException ? "null does not fit here" : unreadable(e, element));
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
    private String unreadable(JacksonException e, JsonElement element) {
        JavaType target = e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? StrictJson.MAPPER.constructType(mismatch.getTargetType())
                : type;
        String found = e.processor() instanceof JsonParser parser && parser.currentToken() != null
                ? TypeDescriptions.found(parser)
                : element.excerpt();
        return TypeDescriptions.unreadable(target, found, "").getMessage();
    }

    private static ArgumentMismatch tooDeep() {
        return new ArgumentMismatch("it is nested deeper than " + JsonLimits.MAX_DEPTH + " levels");
    }
}
