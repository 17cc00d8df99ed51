package io.minimalcluster.task.bind.type;

import java.util.Iterator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes the elements of an iterator, a stream or an iterable as an array. */
final class ElementsSerializer extends StdSerializer<Object> {
    ElementsSerializer() {
        super(Object.class);
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        Iterator<?> elements = Elements.of(value);
        if (elements == null) {
            throw new NullPointerException("iterator() of a " + value.getClass().getName() + " returned null");
        }
        generator.writeStartArray(value);
        for (int at = 0; elements.hasNext(); at++) {
            try {
                context.writeValue(generator, elements.next());
            } catch (RuntimeException e) {
                throw JacksonException.wrapWithPath(e, value, at);
            }
        }
        generator.writeEndArray();
    }
}
