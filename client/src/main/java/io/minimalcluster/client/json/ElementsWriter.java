package io.minimalcluster.client.json;

import java.util.Iterator;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes the elements of an object that is no collection as an array. */
final class ElementsWriter extends StdSerializer<Object> {
    private final transient Function<Object, Iterator<?>> elements;

    ElementsWriter(Function<Object, Iterator<?>> elements) {
        super(Object.class);
        this.elements = elements;
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializationContext context) {
        out.writeStartArray();
        Iterator<?> each = elements.apply(value);
        while (each.hasNext()) {
            context.writeValue(out, each.next());
        }
        out.writeEndArray();
    }
}
