package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Reads a key of a map. A key is the string that its type is read from, or the JSON text of a number, a boolean, an
 * array or an object.
 */
final class KeyTextDeserializer extends KeyDeserializer {
    private final JavaType type;

    KeyTextDeserializer(JavaType type) {
        this.type = type;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
        Class<?> raw = type.getRawClass();
        if (raw.isAssignableFrom(String.class)) {
            return key;
        }
        boolean isString = !isJsonText(raw);
        Object value = read(key, isString, context);
        if (value == null) {
            value = read(key, !isString, context);
        }
        if (value == null) {
            String excerpt = ArgumentMismatch.shorten(key, 60);
            throw JacksonException.wrapWithPath(
                    new ArgumentMismatch("the key \"" + excerpt + "\" is no " + raw.getSimpleName()), raw, excerpt);
        }
        return value;
    }

    /** Whether keys of a type are expected to be JSON text. The alternative is tried too. */
    private boolean isJsonText(Class<?> raw) {
        return Number.class.isAssignableFrom(raw)
                || raw == Boolean.class
                || type.isContainerType()
                || (UserClass.isUserClass(raw) && !raw.isEnum());
    }

    /** The key, or null if it can't be read this way. */
    private @Nullable Object read(String key, boolean isString, DeserializationContext context) {
        ValueDeserializer<Object> deserializer = context.findContextualValueDeserializer(type, null);
        try (JsonParser parser = isString ? string(key, context) : text(key, context)) {
            parser.nextToken();
            Object value = deserializer.deserialize(parser, context);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException | ArgumentMismatch _) {
            return null;
        }
    }

    private static JsonParser text(String key, DeserializationContext context) {
        return context.tokenStreamFactory().createParser(context, key);
    }

    private static JsonParser string(String key, DeserializationContext context) {
        TokenBuffer buffer = context.bufferForInputBuffering();
        buffer.writeString(key);
        return buffer.asParser(context);
    }
}
