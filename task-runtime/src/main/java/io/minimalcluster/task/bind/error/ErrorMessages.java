package io.minimalcluster.task.bind.error;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.exc.MismatchedInputException;

/** Translates Jackson problems to messages for the author of the JSON. */
public final class ErrorMessages extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            Object beanOrClass,
            String name) {
        Class<?> type = beanOrClass instanceof Class<?> c ? c : beanOrClass.getClass();
        Collection<Object> known = deserializer.getKnownPropertyNames();
        String names = known == null
                ? ""
                : ", it has " + known.stream().map(Object::toString).collect(Collectors.joining(", "));
        String excerpt = ArgumentMismatch.shorten(name, 60);
        throw MismatchedInputException.from(parser, type, type.getSimpleName() + " has no \"" + excerpt + "\"" + names)
                .prependPath(type, excerpt);
    }

    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, @Nullable String reason) {
        String found = ", not \"" + ArgumentMismatch.shorten(value, 60) + "\"";
        Object[] constants = type.getEnumConstants();
        String message = constants == null
                ? "no " + type.getSimpleName() + ": \"" + ArgumentMismatch.shorten(value, 60) + "\""
                : type.getSimpleName() + " is one of " + names(constants) + found;
        throw MismatchedInputException.from(context.getParser(), type, message);
    }

    private static String names(Object[] constants) {
        return Arrays.stream(constants)
                .limit(30)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Object handleWeirdKey(DeserializationContext context, Class<?> type, String key, @Nullable String reason) {
        String excerpt = ArgumentMismatch.shorten(key, 60);
        String message = "the key \"" + excerpt + "\" is no " + type.getSimpleName();
        throw MismatchedInputException.from(context.getParser(), type, message).prependPath(type, excerpt);
    }

    @Override
    public Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, @Nullable String reason) {
        Object[] constants = type.getEnumConstants();
        String message = constants == null
                ? "no " + type.getSimpleName() + ": " + value
                : type.getSimpleName() + " is one of " + names(constants) + ", not " + value;
        throw MismatchedInputException.from(context.getParser(), type, message);
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            @Nullable ValueInstantiator instantiator,
            JsonParser parser,
            @Nullable String reason) {
        throw unreadable(parser, context.constructType(type));
    }

    private static JacksonException unreadable(JsonParser parser, JavaType type) {
        String found = TypeDescriptions.found(parser);
        if (type.isContainerType()) {
            return MismatchedInputException.from(
                    parser, type, TypeDescriptions.nameOf(type) + " is needed, not " + found);
        }
        String hint = type.isAbstract() ? "; it is abstract, take a record, an enum or a class" : "";
        return MismatchedInputException.from(
                parser, type, TypeDescriptions.nameOf(type) + " can not be read from " + found + hint);
    }

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, @Nullable String reason)
            throws JacksonException {
        throw unreadable(parser, type);
    }

    @Override
    public Object handleNullForPrimitives(
            DeserializationContext context,
            Class<?> type,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            @Nullable String reason) {
        throw MismatchedInputException.from(
                parser, type, "null, or nothing at all, does not fit the primitive type " + type.getSimpleName());
    }
}
