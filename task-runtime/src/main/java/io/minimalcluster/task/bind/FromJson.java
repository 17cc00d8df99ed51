package io.minimalcluster.task.bind;

import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.ObjectReader;

/** Reads a type that Jackson knows how to read. */
record FromJson(ObjectReader reader) {
    static final FromJson TEXT = of(String.class);

    static FromJson of(Type type) {
        return new FromJson(Json.MAPPER.readerFor(Json.MAPPER.constructType(type)));
    }

    Object read(Element element) {
        try {
            return reader.readValue(element.bytes, element.from, element.to - element.from);
        } catch (StackOverflowError _) {
            throw tooDeep();
        } catch (JacksonException e) {
            throw misfit(e);
        }
    }

    private static Misfit misfit(JacksonException e) {
        Json.rethrowErrors(e);
        Throwable cause = e.getCause();
        if (e instanceof StreamConstraintsException || cause instanceof StreamConstraintsException) {
            return tooDeep();
        }
        return new Misfit(
                Json.path(e),
                cause == null || cause instanceof JacksonException ? e.getOriginalMessage() : cause.toString());
    }

    private static Misfit tooDeep() {
        return new Misfit("it is nested deeper than " + Json.DEPTH + " levels");
    }
}
