package io.minimalcluster.client.json;

import java.io.File;
import java.io.Serial;
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
import java.util.BitSet;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.BaseStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * The types whose JSON differs between Jackson and executors: times keep their offset and zone, paths are as they were
 * written, keys of maps may be any values, and numbers of a general type have the class that executors give them.
 */
final class ValueModule extends SimpleModule {
    @Serial
    private static final long serialVersionUID = 1;

    ValueModule() {
        super("values");
        setDeserializers(new UserReaders());
        setDeserializerModifier(new UnreadableTypes());
        addUntyped(Object.class);
        addUntyped(Number.class);
        addSerializer(byte[].class, new ByteArrayWriter());
        addKeySerializer(Object.class, new KeyWriter());
        addAbstractTypeMapping(Set.class, LinkedHashSet.class);
        texts();
        elements();
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addKeyDeserializers((type, _, _) ->
                type.hasRawClass(String.class) || type.hasRawClass(Object.class) ? null : new KeyReader(type));
    }

    @SuppressWarnings("unchecked") // the reader of a general type returns Object
    private void addUntyped(Class<?> type) {
        addDeserializer((Class<Object>) type, new UntypedReader(type));
    }

    private void texts() {
        addSerializer(Month.class, ToStringSerializer.instance); // Jackson writes a number
        text(Instant.class, Instant::parse);
        text(LocalDate.class, LocalDate::parse);
        text(LocalTime.class, LocalTime::parse);
        text(LocalDateTime.class, LocalDateTime::parse);
        text(OffsetTime.class, OffsetTime::parse);
        text(OffsetDateTime.class, OffsetDateTime::parse);
        text(ZonedDateTime.class, ZonedDateTime::parse);
        text(Duration.class, Duration::parse);
        text(Period.class, Period::parse);
        text(Year.class, Year::parse);
        text(YearMonth.class, YearMonth::parse);
        text(MonthDay.class, MonthDay::parse);
        text(ZoneId.class, ZoneId::of);
        text(ZoneOffset.class, ZoneOffset::of);
        text(Path.class, Path::of);
        text(File.class, File::new);
    }

    private <T> void text(Class<T> type, Function<String, T> parse) {
        addSerializer(type, ToStringSerializer.instance);
        addDeserializer(type, new TextReader<>(type, parse));
    }

    private void elements() {
        addSerializer(
                BitSet.class,
                new ElementsWriter(bits -> ((BitSet) bits).stream().iterator()));
        addSerializer(Enumeration.class, new ElementsWriter(all -> ((Enumeration<?>) all).asIterator()));
        addSerializer(BaseStream.class, new ElementsWriter(all -> ((BaseStream<?, ?>) all).iterator()));
    }

    /** Reads a type from the text that its {@code toString} gives. */
    private static final class TextReader<T> extends StdDeserializer<T> {
        private final Class<T> type;
        private final transient Function<String, T> parse;

        TextReader(Class<T> type, Function<String, T> parse) {
            super(type);
            this.type = type;
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return context.reportInputMismatch(type, "a %s needs a string", type.getSimpleName());
            }
            String text = parser.getString();
            try {
                return parse.apply(text);
            } catch (JacksonException e) {
                throw e;
            } catch (RuntimeException e) { // each type has its own
                return context.reportInputMismatch(
                        type, "\"%s\" is no %s: %s", text, type.getSimpleName(), e.getMessage());
            }
        }
    }
}
