package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The Jackson module that reads nested scalars as strictly as top-level scalars. */
final class StrictTypesModule extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1;

    StrictTypesModule() {
        super("strict types");
        numbers();
        texts();
        times();
        arrays();
        setSerializerModifier(new UserClassSerializers());
    }

    private void numbers() {
        whole(Long.class, long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        whole(Integer.class, int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
        whole(Short.class, short.class, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
        whole(Byte.class, byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
        scalar(Double.class, double.class, parser -> floating(parser, "double"));
        scalar(Float.class, float.class, parser -> (float) floating(parser, "float"));
        addDeserializer(
                BigInteger.class, new StrictScalarDeserializer<>(BigInteger.class, StrictTypesModule::bigInteger));
        addDeserializer(
                BigDecimal.class, new StrictScalarDeserializer<>(BigDecimal.class, StrictTypesModule::bigDecimal));
    }

    private void texts() {
        addDeserializer(String.class, new StrictScalarDeserializer<>(String.class, parser -> text(parser, "a String")));
        scalar(Character.class, char.class, parser -> ScalarReader.oneChar(text(parser, "a char")));
        scalar(Boolean.class, boolean.class, StrictTypesModule::bool);
        addSerializer(byte[].class, new ByteArraySerializer());
    }

    @SuppressWarnings("unchecked") // the deserializer of an array type returns Object
    private void arrays() {
        for (Class<?> type : PrimitiveArrayReader.TYPES) {
            addDeserializer((Class<Object>) type, new PrimitiveArrayDeserializer(type));
        }
    }

    private void times() {
        time(Instant.class, Instant::parse);
        time(LocalDate.class, LocalDate::parse);
        time(LocalTime.class, LocalTime::parse);
        time(LocalDateTime.class, LocalDateTime::parse);
        time(OffsetTime.class, OffsetTime::parse);
        time(OffsetDateTime.class, OffsetDateTime::parse);
        time(ZonedDateTime.class, ZonedDateTime::parse);
        time(Duration.class, Duration::parse);
        time(Period.class, Period::parse);
        time(Year.class, Year::parse);
        time(YearMonth.class, YearMonth::parse);
        time(MonthDay.class, MonthDay::parse);
        time(ZoneId.class, ZoneId::of);
        time(ZoneOffset.class, ZoneOffset::of);
    }

    private <T> void whole(Class<T> boxed, Class<T> primitive, long min, long max, Function<Long, T> cast) {
        scalar(boxed, primitive, parser -> cast.apply(integer(parser, primitive.getName(), min, max)));
    }

    private <T> void scalar(Class<T> boxed, Class<T> primitive, Function<JsonParser, T> read) {
        addDeserializer(boxed, new StrictScalarDeserializer<>(boxed, read));
        addDeserializer(primitive, new StrictScalarDeserializer<>(primitive, read));
    }

    private <T> void time(Class<T> type, Function<String, T> parse) {
        String name = TypeDescriptions.article(type.getSimpleName());
        addDeserializer(type, new StrictScalarDeserializer<>(type, parser -> parsed(text(parser, name), name, parse)));
        addSerializer(type, ToStringSerializer.instance);
    }

    private static <T> T parsed(String text, String name, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (java.time.DateTimeException _) {
            throw new ArgumentMismatch(
                    name + " needs a string in ISO 8601 form, not \"" + ArgumentMismatch.shorten(text, 60) + "\"");
        }
    }

    private static long integer(JsonParser parser, String type, long min, long max) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw ScalarReader.integerMismatch(TypeDescriptions.found(parser), type, min, max);
        }
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? ScalarReader.within(parser.getBigIntegerValue(), type, min, max)
                : ScalarReader.within(parser.getLongValue(), type, min, max);
    }

    private static double floating(JsonParser parser, String type) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return ScalarReader.special(parser.getString(), type);
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return ScalarReader.finite(parser.getString(), type);
        }
        throw new ArgumentMismatch("a " + type + " needs a number, not " + TypeDescriptions.found(parser));
    }

    private static BigInteger bigInteger(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new ArgumentMismatch("a BigInteger needs a whole number, not " + TypeDescriptions.found(parser));
        }
        return parser.getBigIntegerValue();
    }

    private static BigDecimal bigDecimal(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new ArgumentMismatch("a BigDecimal needs a number, not " + TypeDescriptions.found(parser));
        }
        return ScalarReader.decimal(parser.getString());
    }

    private static String text(JsonParser parser, String type) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new ArgumentMismatch(type + " needs a string, not " + TypeDescriptions.found(parser));
        }
        return parser.getString();
    }

    private static boolean bool(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default ->
                throw new ArgumentMismatch("a boolean needs true or false, not " + TypeDescriptions.found(parser));
        };
    }
}
