package io.minimalcluster.task.bind;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;

/** Writes what Jackson knows how to write. */
final class ToJson {
    private static final ObjectWriter WRITER = Json.MAPPER.writer();

    private ToJson() {}

    static void write(Object value, Values values) {
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
        Json.rethrowErrors(e);
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

    private static Unwritable endless() {
        return new Unwritable("the result is nested too deeply to be written as JSON; does it contain itself?");
    }

    private static Unwritable formless(JacksonException e, Object value) {
        String path = Json.path(e);
        String type = e instanceof InvalidDefinitionException known && known.getType() != null
                ? known.getType().getRawClass().getTypeName()
                : value.getClass().getTypeName();
        return new Unwritable("the result can't be written as JSON: " + (path.isEmpty() ? "it" : path) + " is a " + type
                + "; give back numbers, strings, records, or collections and maps of them");
    }

    static Unwritable loneSurrogate(char c) {
        return new Unwritable("the result has a string with half of a surrogate pair, " + "U+%04X".formatted((int) c)
                + ", which is no Unicode text and can't be written as JSON");
    }
}
