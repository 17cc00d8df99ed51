package io.minimalcluster.client.json;

import io.minimalcluster.model.job.RawJson;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.JsonErrors;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.type.StrictJson;
import io.minimalcluster.task.bind.type.TypeCheck;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Writes arguments and reads values, by the same code as executors. */
public final class ValueMapper {
    private static final JsonMapper JSON = StrictJson.MAPPER
            .rebuild()
            .addModule(new SimpleModule("trees")
                    .addDeserializer(RawJson.class, new RawJsonReader())
                    .addDeserializer(JsonNode.class, new ExactNodeReader()))
            .build();

    private ValueMapper() {}

    /**
     * Writes a value on one line.
     *
     * @throws IllegalArgumentException if the value has no JSON
     */
    public static byte[] write(@Nullable Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        } catch (NotSerializable e) {
            throw unwritable(e, e);
        } catch (JacksonException e) {
            if (JsonErrors.isTooDeep(e)) {
                throw tooDeep(e);
            }
            RuntimeException error = JsonErrors.unwritable(e, Objects.requireNonNull(value), "use");
            throw error instanceof NotSerializable problem ? unwritable(problem, e) : error;
        }
    }

    private static IllegalArgumentException tooDeep(Throwable cause) {
        return new IllegalArgumentException(
                "a value can't be written as JSON: it is nested deeper than " + JsonLimits.MAX_DEPTH
                        + " levels; does it contain itself?",
                cause);
    }

    private static IllegalArgumentException unwritable(NotSerializable problem, Throwable cause) {
        return new IllegalArgumentException("a value can't be written as JSON: " + problem.getMessage(), cause);
    }

    /**
     * Writes a value as text on one line.
     *
     * @throws IllegalArgumentException if the value has no JSON
     */
    public static String text(@Nullable Object value) {
        return new String(write(value), StandardCharsets.UTF_8);
    }

    /** Why values of a type can't be read, with the name of the type within it that is at fault; empty if they can. */
    public static Optional<String> unreadable(Type type) {
        return TypeCheck.unreadable(type);
    }

    /** Prepares the reading of values of a type. */
    public static ObjectReader reader(Type type) {
        return JSON.readerFor(JSON.constructType(type)).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
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

    /**
     * Reads the value at a parser.
     *
     * @throws IllegalArgumentException if the value does not fit the type of the reader
     * @throws JacksonException if the JSON is broken or incomplete
     */
    static @Nullable Object read(ObjectReader reader, JsonParser parser) {
        return read(reader, () -> reader.<@Nullable Object>readValue(parser), JsonStreams::isBroken);
    }

    private static @Nullable Object read(ObjectReader reader, Supplier<@Nullable Object> reading) {
        return read(reader, reading, _ -> false);
    }

    /** @param isThrown which exceptions are thrown as they are */
    private static @Nullable Object read(
            ObjectReader reader, Supplier<@Nullable Object> reading, Predicate<JacksonException> isThrown) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            if (isThrown.test(e)) {
                throw e;
            }
            throw unfit(reader, JsonErrors.mismatch(e, reader.getValueType(), () -> "this JSON"), e);
        } catch (ArgumentMismatch e) {
            throw unfit(reader, e, e);
        }
    }

    private static IllegalArgumentException unfit(ObjectReader reader, ArgumentMismatch mismatch, Throwable cause) {
        return new IllegalArgumentException(
                "the value does not fit " + reader.getValueType().toCanonical() + ": " + mismatch.getMessage(), cause);
    }
}
