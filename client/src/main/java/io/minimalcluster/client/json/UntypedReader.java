package io.minimalcluster.client.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a general type of the JDK, such as {@code Object} or {@code Number}. Its values are String, Boolean, ArrayList,
 * LinkedHashMap, and the first of Long, BigInteger, Double and BigDecimal that holds a number exactly.
 */
final class UntypedReader extends StdDeserializer<Object> {
    private static final int LONG_DIGITS = 18;

    UntypedReader(Class<?> type) {
        super(type);
    }

    /** Whether a type is one of the natural values, or more general. */
    static boolean isGeneral(Class<?> type) {
        return Stream.of(String.class, Boolean.class, Long.class, ArrayList.class, LinkedHashMap.class)
                .anyMatch(type::isAssignableFrom);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
        Object value = _valueClass == Number.class && parser.hasToken(JsonToken.VALUE_STRING)
                ? special(parser.getString())
                : natural(parser);
        return _valueClass.isInstance(value)
                ? value
                : context.reportInputMismatch(_valueClass, "it is no %s", _valueClass.getSimpleName());
    }

    private static Object special(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> text;
        };
    }

    private static @Nullable Object natural(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> whole(parser.getString());
            case VALUE_NUMBER_FLOAT -> fraction(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
    }

    private static Number whole(String number) {
        if (number.length() <= LONG_DIGITS) {
            return Long.parseLong(number);
        }
        BigInteger value = new BigInteger(number);
        return value.bitLength() < Long.SIZE ? (Number) value.longValueExact() : value;
    }

    private static Number fraction(String number) {
        double nearest = Double.parseDouble(number);
        BigDecimal value = new BigDecimal(number);
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(value) == 0
                ? (Number) nearest
                : value;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            object.put(name, natural(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(natural(parser));
        }
        return array;
    }
}
