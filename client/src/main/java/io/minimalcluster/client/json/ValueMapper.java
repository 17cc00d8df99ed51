package io.minimalcluster.client.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.io.Serial;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes arguments and reads values as executors do: records are their components, classes their fields, enums their
 * names, and arrays of bytes are arrays. An unknown member of a value is an error.
 */
public final class ValueMapper {
    private static final Mapper JSON = new Mapper(JsonMapper.builder()
            .changeDefaultVisibility(every -> every.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                    .withVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .withVisibility(PropertyAccessor.CREATOR, Visibility.ANY))
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(SerializationFeature.WRITE_CHAR_ARRAYS_AS_JSON_ARRAYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new ValueModule()));

    private ValueMapper() {}

    /** Gives access to the readers of types. */
    private static final class Mapper extends JsonMapper {
        @Serial
        private static final long serialVersionUID = 1;

        Mapper(Builder builder) {
            super(builder);
        }

        DeserializationContext context() {
            return _deserializationContext();
        }
    }

    /** Writes a value on one line. */
    public static byte[] write(@Nullable Object value) {
        return JSON.writeValueAsBytes(value);
    }

    /** Writes a value as text on one line. */
    public static String text(@Nullable Object value) {
        return JSON.writeValueAsString(value);
    }

    /** The name of the member for a key of a map: a JSON string as it is, another value as its JSON text. */
    static String keyText(Object key) {
        String json = text(key);
        return json.startsWith("\"") ? JSON.readValue(json, String.class) : json;
    }

    /** Why values of a type can't be read, in one sentence that names the type; empty if they can. */
    public static Optional<String> unreadable(Type type) {
        return new ReadableCheck(JSON.context()).unreadable(JSON.constructType(type));
    }

    /** Prepares the reading of values of a type. */
    public static ObjectReader reader(Type type) {
        return JSON.readerFor(JSON.constructType(type));
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if the value does not fit the type of the reader
     */
    public static @Nullable Object read(ObjectReader reader, JsonNode value) {
        return read(reader, () -> reader.<@Nullable Object>readValue(value));
    }

    /**
     * Reads a value from its text, with all digits of numbers.
     *
     * @throws IllegalArgumentException if the value does not fit the type of the reader
     */
    public static @Nullable Object read(ObjectReader reader, String value) {
        return read(reader, () -> reader.<@Nullable Object>readValue(value));
    }

    private static @Nullable Object read(ObjectReader reader, Supplier<@Nullable Object> reading) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the value does not fit " + reader.getValueType().toCanonical() + ": " + e.getOriginalMessage(), e);
        }
    }
}
