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

/** Says what does not fit in the words of someone who writes JSON, not of someone who wrote the parser. */
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
        String shown = ArgumentMismatch.shorten(name, 60);
        throw MismatchedInputException.from(parser, type, type.getSimpleName() + " has no \"" + shown + "\"" + names)
                .prependPath(type, shown);
    }

    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> type, String value, @Nullable String why) {
        String found = ", not \"" + ArgumentMismatch.shorten(value, 60) + "\"";
        Object[] constants = type.getEnumConstants();
        String what = constants == null
                ? "no " + type.getSimpleName() + ": \"" + ArgumentMismatch.shorten(value, 60) + "\""
                : type.getSimpleName() + " is one of " + names(constants) + found;
        throw MismatchedInputException.from(context.getParser(), type, what);
    }

    private static String names(Object[] constants) {
        return Arrays.stream(constants)
                .limit(30)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Object handleWeirdKey(DeserializationContext context, Class<?> type, String key, @Nullable String why) {
        String shown = ArgumentMismatch.shorten(key, 60);
        String what = "the key \"" + shown + "\" is no " + type.getSimpleName();
        throw MismatchedInputException.from(context.getParser(), type, what).prependPath(type, shown);
    }

    @Override
    public Object handleWeirdNumberValue(
            DeserializationContext context, Class<?> type, Number value, @Nullable String why) {
        Object[] constants = type.getEnumConstants();
        String what = constants == null
                ? "no " + type.getSimpleName() + ": " + value
                : type.getSimpleName() + " is one of " + names(constants) + ", not " + value;
        throw MismatchedInputException.from(context.getParser(), type, what);
    }

    @Override
    public Object handleMissingInstantiator(
            DeserializationContext context,
            Class<?> type,
            @Nullable ValueInstantiator instantiator,
            JsonParser parser,
            @Nullable String why) {
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
            DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, @Nullable String why)
            throws JacksonException {
        throw unreadable(parser, type);
    }

    @Override
    public Object handleNullForPrimitives(
            DeserializationContext context,
            Class<?> type,
            JsonParser parser,
            ValueDeserializer<?> deserializer,
            @Nullable String why) {
        throw MismatchedInputException.from(
                parser, type, "null, or nothing at all, does not fit the primitive type " + type.getSimpleName());
    }
}
