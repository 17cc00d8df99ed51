package io.minimalcluster.task.bind.error;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;

/** Replaces problems that Jackson finds by messages for the author of the JSON. */
public final class ErrorMessages extends DeserializationProblemHandler {
    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, @Nullable String reason) {
        throw new ArgumentMismatch("no " + type.getSimpleName() + ": \"" + ArgumentMismatch.shorten(value, 60) + "\"");
    }

    @Override
    public Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, @Nullable String reason) {
        throw new ArgumentMismatch(
                "no " + type.getSimpleName() + ": " + ArgumentMismatch.shorten(value.toString(), 60));
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            @Nullable ValueInstantiator instantiator,
            JsonParser parser,
            @Nullable String reason) {
        JavaType target = context.constructType(type);
        throw target.isContainerType()
                ? new ArgumentMismatch(TypeDescriptions.article(type.getSimpleName())
                        + " can not be read: it has no constructor without parameters, take a type of the JDK")
                : TypeDescriptions.unreadable(target, parser, "");
    }

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context,
            JavaType type,
            JsonToken token,
            JsonParser parser,
            @Nullable String reason) {
        throw token == JsonToken.VALUE_NULL
                ? new ArgumentMismatch("null does not fit here")
                : TypeDescriptions.unreadable(type, parser, "");
    }
}
