package io.minimalcluster.task.bind;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.JsonErrors;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.type.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectWriter;

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
            if (JsonErrors.isTooDeep(e)) {
                throw nestedTooDeeply();
            }
            RuntimeException error = JsonErrors.unwritable(e, value, "give back");
            throw error instanceof NotSerializable problem ? cannotBeWritten(problem) : error;
        } catch (NotSerializable e) {
            throw cannotBeWritten(e);
        }
        values.check();
    }

    private static NotSerializable nestedTooDeeply() {
        return new NotSerializable("the result is nested deeper than " + JsonLimits.MAX_DEPTH
                + " levels, too deeply to be written as JSON; does it contain itself?");
    }

    private static NotSerializable cannotBeWritten(NotSerializable problem) {
        return cannotBeWritten(String.valueOf(problem.getMessage()));
    }

    static NotSerializable cannotBeWritten(String reason) {
        return new NotSerializable("the result can't be written as JSON: " + reason);
    }

    static NotSerializable loneSurrogate(char c) {
        return new NotSerializable("the result has a string with half of a surrogate pair, "
                + "U+%04X".formatted((int) c) + ", which is no Unicode text and can't be written as JSON");
    }
}
