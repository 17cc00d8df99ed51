package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.JsonErrors;
import io.minimalcluster.task.bind.type.StrictJson;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

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
            throw JsonErrors.tooDeepToRead();
        } catch (JacksonException e) {
            throw JsonErrors.mismatch(e, type, element::excerpt);
        }
    }
}
