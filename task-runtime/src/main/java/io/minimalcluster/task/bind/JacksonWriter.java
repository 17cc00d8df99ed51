package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.NotSerializable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Writes what Jackson knows how to write. */
final class JacksonWriter {
    private static final ObjectWriter WRITER = StrictJson.MAPPER.writer();

    private JacksonWriter() {}

    static void write(Object value, ValueWriter values) {
        try {
            WRITER.writeValue(values, value);
        } catch (StackOverflowError _) {
            throw endless();
        } catch (JacksonException e) {
            throw failure(e, value);
        }
        values.refuseLoneSurrogates();
    }

    private static RuntimeException failure(JacksonException e, Object value) {
        StrictJson.rethrowErrors(e);
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamConstraintsException) {
                return endless();
            }
            if (!(cause instanceof JacksonException) && cause instanceof RuntimeException thrown) {
                return thrown; // by the user's own code, an accessor or an iterator; or a result too large
            }
        }
        return e.getOriginalMessage().contains("self-reference") ? endless() : formless(e, value);
    }

    private static NotSerializable endless() {
        return new NotSerializable("the result is nested too deeply to be written as JSON; does it contain itself?");
    }

    private static NotSerializable formless(JacksonException e, Object value) {
        String path = StrictJson.path(e);
        String type = e instanceof InvalidDefinitionException known && known.getType() != null
                ? known.getType().getRawClass().getTypeName()
                : value.getClass().getTypeName();
        return new NotSerializable("the result can't be written as JSON: " + (path.isEmpty() ? "it" : path) + " is a "
                + type + "; give back numbers, strings, records, or collections and maps of them");
    }

    static NotSerializable loneSurrogate(char c) {
        return new NotSerializable("the result has a string with half of a surrogate pair, "
                + "U+%04X".formatted((int) c) + ", which is no Unicode text and can't be written as JSON");
    }
}
