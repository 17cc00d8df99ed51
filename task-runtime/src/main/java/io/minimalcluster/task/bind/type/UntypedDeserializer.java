package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a general type of the JDK, such as {@code Object}, {@code Number} or {@code Comparable}, from any JSON whose
 * natural value is of that type. The natural values are String, Boolean, ArrayList, LinkedHashMap, and the first of
 * Long, BigInteger, Double and BigDecimal that holds a number exactly.
 */
final class UntypedDeserializer extends StdDeserializer<Object> {
    UntypedDeserializer(Class<?> type) {
        super(type);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
        if (_valueClass == Number.class && parser.hasToken(JsonToken.VALUE_STRING)) {
            return Scalars.special(parser.getString(), "Number");
        }
        String found = _valueClass == Object.class ? "" : TypeDescriptions.found(parser);
        Object value = natural(parser);
        if (!_valueClass.isInstance(value)) {
            throw TypeDescriptions.unreadable(context.constructType(_valueClass), found, "");
        }
        return value;
    }

    private static @Nullable Object natural(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> Scalars.exact(parser.getString(), true);
            case VALUE_NUMBER_FLOAT -> Scalars.exact(parser.getString(), false);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            try {
                object.put(name, natural(parser));
            } catch (RuntimeException e) {
                throw JacksonException.wrapWithPath(e, object, name);
            }
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                array.add(natural(parser));
            } catch (RuntimeException e) {
                throw JacksonException.wrapWithPath(e, array, array.size());
            }
        }
        return array;
    }
}
