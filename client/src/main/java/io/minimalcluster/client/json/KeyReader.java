package io.minimalcluster.client.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.util.TokenBuffer;

/** Reads a key of a map from a string, or from its JSON text. */
final class KeyReader extends KeyDeserializer {
    private final JavaType type;

    KeyReader(JavaType type) {
        this.type = type;
    }

    JavaType type() {
        return type;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
        boolean isString = !isJsonText(type.getRawClass());
        Object value = read(key, isString, context);
        if (value == null) {
            value = read(key, !isString, context);
        }
        return value != null
                ? value
                : context.reportInputMismatch(
                        type, "the key \"%s\" is no %s", key, type.getRawClass().getSimpleName());
    }

    /** Whether keys of a type are expected to be JSON text. The alternative is tried too. */
    private boolean isJsonText(Class<?> raw) {
        return Number.class.isAssignableFrom(raw)
                || raw == Boolean.class
                || type.isContainerType()
                || (UserReaders.isOfUser(raw) && !raw.isEnum());
    }

    /** The key, or null if it can't be read this way. */
    private @Nullable Object read(String key, boolean isString, DeserializationContext context) {
        ValueDeserializer<Object> reader = context.findContextualValueDeserializer(type, null);
        try (JsonParser parser = isString ? string(key, context) : text(key, context)) {
            parser.nextToken();
            Object value = reader.deserialize(parser, context);
            return parser.nextToken() == null ? value : null;
        } catch (JacksonException _) {
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
