package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.io.File;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The Jackson module that reads nested scalars as strictly as top-level scalars. */
final class StrictTypesModule extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1;

    private static final List<Class<?>> ARRAYS = List.of(
            long[].class,
            int[].class,
            short[].class,
            byte[].class,
            double[].class,
            float[].class,
            boolean[].class,
            char[].class,
            Byte[].class);

    StrictTypesModule() {
        super("strict types");
        setDeserializers(new UserDeserializers());
        setDeserializerModifier(new JdkTypeCheck());
        setSerializers(new UserSerializers());
        setSerializerModifier(new JdkClassCheck());
        addKeySerializer(Object.class, new KeyTextSerializer());
        setDefaultNullKeySerializer(new KeyTextSerializer());
        numbers();
        optionals();
        texts();
        times();
        arrays();
        collections();
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addKeyDeserializers((type, _, _) -> type.hasRawClass(String.class) || type.hasRawClass(Object.class)
                ? null
                : new KeyTextDeserializer(type));
    }

    private void numbers() {
        whole(Long.class, long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value);
        whole(Integer.class, int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
        whole(Short.class, short.class, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
        whole(Byte.class, byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
        scalar(Double.class, double.class, parser -> floating(parser, "double"));
        scalar(Float.class, float.class, parser -> (float) floating(parser, "float"));
        scalar(BigInteger.class, StrictTypesModule::bigInteger);
        scalar(BigDecimal.class, StrictTypesModule::bigDecimal);
        scalar(AtomicInteger.class, parser -> new AtomicInteger((int) integer(parser)));
        scalar(AtomicLong.class, parser -> new AtomicLong(integer(parser, "long", Long.MIN_VALUE, Long.MAX_VALUE)));
        addDeserializer(Object.class, new UntypedDeserializer(Object.class));
        addUntyped(Number.class);
    }

    private void optionals() {
        addDeserializer(
                OptionalInt.class,
                new StrictScalarDeserializer<>(
                        OptionalInt.class, parser -> OptionalInt.of((int) integer(parser)), OptionalInt.empty()));
        addDeserializer(
                OptionalLong.class,
                new StrictScalarDeserializer<>(
                        OptionalLong.class,
                        parser -> OptionalLong.of(integer(parser, "long", Long.MIN_VALUE, Long.MAX_VALUE)),
                        OptionalLong.empty()));
        addDeserializer(
                OptionalDouble.class,
                new StrictScalarDeserializer<>(
                        OptionalDouble.class,
                        parser -> OptionalDouble.of(floating(parser, "double")),
                        OptionalDouble.empty()));
    }

    @SuppressWarnings("unchecked") // the deserializer of a general type returns Object
    private void addUntyped(Class<?> type) {
        addDeserializer((Class<Object>) type, new UntypedDeserializer(type));
    }

    private void texts() {
        scalar(String.class, parser -> text(parser, "a String"));
        addUntyped(CharSequence.class);
        scalar(Character.class, char.class, parser -> Scalars.oneChar(text(parser, "a char")));
        scalar(Boolean.class, boolean.class, StrictTypesModule::bool);
        scalar(AtomicBoolean.class, parser -> new AtomicBoolean(bool(parser)));
        addSerializer(byte[].class, new ByteArraySerializer());
        scalar(Path.class, parser -> path(text(parser, "a Path")));
        addSerializer(Path.class, ToStringSerializer.instance);
        addSerializer(File.class, ToStringSerializer.instance);
    }

    @SuppressWarnings("unchecked") // the deserializer of an array type returns Object
    private void arrays() {
        for (Class<?> type : ARRAYS) {
            addDeserializer((Class<Object>) type, new PrimitiveArrayDeserializer(type));
        }
    }

    /** Collections keep the order of the JSON where their type has no order of its own. */
    private void collections() {
        addAbstractTypeMapping(Set.class, LinkedHashSet.class);
        addAbstractTypeMapping(SequencedSet.class, LinkedHashSet.class);
        addAbstractTypeMapping(SequencedCollection.class, ArrayList.class);
        addAbstractTypeMapping(SequencedMap.class, LinkedHashMap.class);
        addAbstractTypeMapping(BlockingQueue.class, LinkedBlockingQueue.class);
        addAbstractTypeMapping(BlockingDeque.class, LinkedBlockingDeque.class);
        addAbstractTypeMapping(TransferQueue.class, LinkedTransferQueue.class);
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
        addSerializer(Month.class, ToStringSerializer.instance); // Jackson writes a number
    }

    private <T> void whole(Class<T> boxed, Class<T> primitive, long min, long max, Function<Long, T> cast) {
        scalar(boxed, primitive, parser -> cast.apply(integer(parser, primitive.getName(), min, max)));
    }

    private <T> void scalar(Class<T> boxed, Class<T> primitive, Function<JsonParser, T> read) {
        scalar(boxed, read);
        scalar(primitive, read);
    }

    private <T> void scalar(Class<T> type, Function<JsonParser, T> read) {
        addDeserializer(type, new StrictScalarDeserializer<>(type, read, null));
    }

    private <T> void time(Class<T> type, Function<String, T> parse) {
        String name = TypeDescriptions.article(type.getSimpleName());
        scalar(type, parser -> parsed(text(parser, name), name, parse));
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

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new ArgumentMismatch("no Path: " + ArgumentMismatch.shorten(e.getReason(), 60));
        }
    }

    private static long integer(JsonParser parser) {
        return integer(parser, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long integer(JsonParser parser, String type, long min, long max) {
        if (!isNumber(parser)) {
            throw Scalars.integerMismatch(TypeDescriptions.found(parser), type, min, max);
        }
        return parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                ? Scalars.within(parser.getLongValue(), type, min, max)
                : Scalars.whole(parser.getString(), type, min, max);
    }

    private static boolean isNumber(JsonParser parser) {
        return parser.hasToken(JsonToken.VALUE_NUMBER_INT) || parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT);
    }

    private static double floating(JsonParser parser, String type) {
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            return Scalars.special(parser.getString(), type);
        }
        return Scalars.finite(number(parser, "a " + type + " needs a number"), type);
    }

    private static BigInteger bigInteger(JsonParser parser) {
        return Scalars.bigInteger(number(parser, "a BigInteger needs a whole number"));
    }

    private static BigDecimal bigDecimal(JsonParser parser) {
        return Scalars.decimal(number(parser, "a BigDecimal needs a number"));
    }

    private static String number(JsonParser parser, String expectation) {
        if (!isNumber(parser)) {
            throw new ArgumentMismatch(expectation + ", not " + TypeDescriptions.found(parser));
        }
        return parser.getString();
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

    /** Writes a byte array as an array of numbers instead of Base64. */
    private static final class ByteArraySerializer extends StdSerializer<byte[]> {
        ByteArraySerializer() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] bytes, JsonGenerator generator, SerializationContext context) {
            generator.writeStartArray(bytes, bytes.length);
            for (byte b : bytes) {
                generator.writeNumber((int) b);
            }
            generator.writeEndArray();
        }
    }
}
