package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads an array of primitives by the strict deserializer of its element type. {@code byte[]}, {@code Byte[]} and
 * {@code char[]} have no form of their own.
 */
final class PrimitiveArrayDeserializer extends StdDeserializer<Object> {
    private final ValueDeserializer<Object> element;

    PrimitiveArrayDeserializer(Class<?> type) {
        this(type, new UnresolvedElement());
    }

    private PrimitiveArrayDeserializer(Class<?> type, ValueDeserializer<Object> element) {
        super(type);
        this.element = element;
    }

    /** A placeholder for the element deserializer, which is only known in {@link #createContextual}. */
    private static final class UnresolvedElement extends ValueDeserializer<Object> {
        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            throw new IllegalStateException("not contextual yet");
        }
    }

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
        return new PrimitiveArrayDeserializer(
                _valueClass,
                context.findContextualValueDeserializer(
                        context.constructType(_valueClass.getComponentType()), property));
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.isExpectedStartArrayToken()) {
            throw new ArgumentMismatch("an array is needed, not " + TypeDescriptions.found(parser));
        }
        List<Object> elements = elements(parser, context);
        Object array = Array.newInstance(_valueClass.getComponentType(), elements.size());
        for (int at = 0; at < elements.size(); at++) {
            Array.set(array, at, elements.get(at));
        }
        return array;
    }

    private List<Object> elements(JsonParser parser, DeserializationContext context) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                elements.add(
                        parser.hasToken(JsonToken.VALUE_NULL)
                                ? element.getNullValue(context)
                                : element.deserialize(parser, context));
            } catch (RuntimeException e) {
                throw JacksonException.wrapWithPath(e, elements, elements.size());
            }
        }
        return elements;
    }
}
