package io.minimalcluster.task.bind;

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

/** The scalar types wherever they stand in an argument: as strict there as at its top. */
final class StrictTypes extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1;

    StrictTypes() {
        super("strict types");
        numbers();
        texts();
        times();
        arrays();
        setSerializerModifier(new OnlyUsersClasses());
    }

    private void numbers() {
        whole(Long.class, long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        whole(Integer.class, int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
        whole(Short.class, short.class, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
        whole(Byte.class, byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
        scalar(Double.class, double.class, parser -> floating(parser, "double"));
        scalar(Float.class, float.class, parser -> (float) floating(parser, "float"));
        addDeserializer(BigInteger.class, new StrictScalar<>(BigInteger.class, StrictTypes::bigInteger));
        addDeserializer(BigDecimal.class, new StrictScalar<>(BigDecimal.class, StrictTypes::bigDecimal));
    }

    private void texts() {
        addDeserializer(String.class, new StrictScalar<>(String.class, parser -> text(parser, "a String")));
        scalar(Character.class, char.class, parser -> Scalars.oneChar(text(parser, "a char")));
        scalar(Boolean.class, boolean.class, StrictTypes::truth);
        addSerializer(byte[].class, new BytesAsNumbers());
    }

    @SuppressWarnings("unchecked") // a reader of arrays reads objects
    private void arrays() {
        for (Class<?> type : PrimitiveArrays.TYPES) {
            addDeserializer((Class<Object>) type, new ArrayByElement(type));
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
        addDeserializer(boxed, new StrictScalar<>(boxed, read));
        addDeserializer(primitive, new StrictScalar<>(primitive, read));
    }

    private <T> void time(Class<T> type, Function<String, T> parse) {
        String name = Words.article(type.getSimpleName());
        addDeserializer(type, new StrictScalar<>(type, parser -> parsed(text(parser, name), name, parse)));
        addSerializer(type, ToStringSerializer.instance);
    }

    private static <T> T parsed(String text, String name, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (java.time.DateTimeException _) {
            throw new Misfit(name + " needs a string in ISO 8601 form, not \"" + Misfit.shorten(text, 60) + "\"");
        }
    }

    private static long integer(JsonParser parser, String type, long min, long max) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw Scalars.takesWhole(Words.found(parser), type, min, max);
        }
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? Scalars.within(parser.getBigIntegerValue(), type, min, max)
                : Scalars.within(parser.getLongValue(), type, min, max);
    }

    private static double floating(JsonParser parser, String type) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return Scalars.special(parser.getString(), type);
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return Scalars.finite(parser.getString(), type);
        }
        throw new Misfit("a " + type + " needs a number, not " + Words.found(parser));
    }

    private static BigInteger bigInteger(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new Misfit("a BigInteger needs a whole number, not " + Words.found(parser));
        }
        return parser.getBigIntegerValue();
    }

    private static BigDecimal bigDecimal(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw new Misfit("a BigDecimal needs a number, not " + Words.found(parser));
        }
        return Scalars.decimal(parser.getString());
    }

    private static String text(JsonParser parser, String type) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new Misfit(type + " needs a string, not " + Words.found(parser));
        }
        return parser.getString();
    }

    private static boolean truth(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new Misfit("a boolean needs true or false, not " + Words.found(parser));
        };
    }
}
