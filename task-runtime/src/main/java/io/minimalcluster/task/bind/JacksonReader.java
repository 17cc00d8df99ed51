package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.ObjectReader;

/** Reads a type by a Jackson deserializer. */
record JacksonReader(ObjectReader reader) {
    static final JacksonReader TEXT = of(String.class);

    static JacksonReader of(Type type) {
        return new JacksonReader(StrictJson.MAPPER.readerFor(StrictJson.MAPPER.constructType(type)));
    }

    Object read(JsonElement element) {
        try {
            return reader.readValue(element.bytes, element.from, element.to - element.from);
        } catch (StackOverflowError _) {
            throw tooDeep();
        } catch (JacksonException e) {
            throw misfit(e);
        }
    }

    private static ArgumentMismatch misfit(JacksonException e) {
        StrictJson.rethrowErrors(e);
        Throwable cause = e.getCause();
        if (e instanceof StreamConstraintsException || cause instanceof StreamConstraintsException) {
            return tooDeep();
        }
        return new ArgumentMismatch(
                StrictJson.path(e),
                cause == null || cause instanceof JacksonException ? e.getOriginalMessage() : cause.toString());
    }

    private static ArgumentMismatch tooDeep() {
        return new ArgumentMismatch("it is nested deeper than " + StrictJson.DEPTH + " levels");
    }
}
