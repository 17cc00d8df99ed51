package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.io.Serial;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Replaces the readers of types of the JDK that are too lenient. A type that Jackson reads from any scalar, such as
 * {@code URI}, is read from strings alone. Abstract types, and types whose properties Jackson would set, are read only
 * from JSON whose natural Java type is a subtype, such as a string for {@code Comparable}.
 */
final class JdkTypeCheck extends ValueDeserializerModifier {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
        return switch (deserializer) {
            case AbstractDeserializer _ -> new UntypedDeserializer(description.getBeanClass());
            case BeanDeserializerBase _ -> new UntypedDeserializer(description.getBeanClass());
            case FromStringDeserializer<?> text -> new OfString(description.getType(), text);
            default -> deserializer;
        };
    }

    private static final class OfString extends StdDeserializer<Object> {
        private final JavaType type;
        private final ValueDeserializer<?> text;

        OfString(JavaType type, ValueDeserializer<?> text) {
            super(type);
            this.type = type;
            this.text = text;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw TypeDescriptions.unreadable(type, parser, "");
            }
            return text.deserialize(parser, context);
        }
    }
}
