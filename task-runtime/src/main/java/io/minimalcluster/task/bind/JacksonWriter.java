package io.minimalcluster.task.bind;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.type.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Writes values by Jackson serializers. */
final class JacksonWriter {
    private static final ObjectWriter WRITER = StrictJson.MAPPER.writer();

    private JacksonWriter() {}

    static void write(Object value, ValueWriter values) {
        try {
            WRITER.writeValue(values, value);
        } catch (StackOverflowError _) {
            throw nestedTooDeeply();
        } catch (JacksonException e) {
            throw failure(e, value);
        } catch (NotSerializable e) {
            throw notSerializable("", e);
        }
        values.check();
    }

    private static RuntimeException failure(JacksonException e, Object value) {
        StrictJson.rethrowErrors(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamConstraintsException) {
                return nestedTooDeeply();
            }
            if (cause instanceof NotSerializable problem) {
                return notSerializable(StrictJson.path(e), problem);
            }
            if (!(cause instanceof JacksonException) && cause instanceof RuntimeException thrown) {
                return thrown; // from an accessor or iterator of user code, or ResultTooLargeException
            }
        }
        return unsupported(e, value);
    }

    private static NotSerializable nestedTooDeeply() {
        return new NotSerializable("the result is nested deeper than " + JsonLimits.MAX_DEPTH
                + " levels, too deeply to be written as JSON; does it contain itself?");
    }

    private static NotSerializable notSerializable(String path, NotSerializable problem) {
        return cannotBeWritten((path.isEmpty() ? "" : path + ": ") + problem.getMessage());
    }

    static NotSerializable cannotBeWritten(String reason) {
        return new NotSerializable("the result can't be written as JSON: " + reason);
    }

    private static NotSerializable unsupported(JacksonException e, Object value) {
        String path = StrictJson.path(e);
        String type = e instanceof InvalidDefinitionException known && known.getType() != null
                ? known.getType().getRawClass().getTypeName()
                : value.getClass().getTypeName();
        return cannotBeWritten((path.isEmpty() ? "it" : path) + " is a " + type
                + "; give back numbers, strings, records, or collections and maps of them");
    }

    static NotSerializable loneSurrogate(char c) {
        return new NotSerializable("the result has a string with half of a surrogate pair, "
                + "U+%04X".formatted((int) c) + ", which is no Unicode text and can't be written as JSON");
    }
}
