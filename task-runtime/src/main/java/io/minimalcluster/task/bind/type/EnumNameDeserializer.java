package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads an enum from the name of a constant. */
final class EnumNameDeserializer extends StdScalarDeserializer<Object> {
    private static final int NAMED = 30;

    EnumNameDeserializer(Class<?> type) {
        super(type);
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        Object[] constants = _valueClass.getEnumConstants();
        if (parser.hasToken(JsonToken.VALUE_STRING)) {
            String name = parser.getString();
            for (Object constant : constants) {
                if (name(constant).equals(name)) {
                    return constant;
                }
            }
        }
        Stream<String> names = Arrays.stream(constants).limit(NAMED).map(EnumNameDeserializer::name);
        throw new ArgumentMismatch(_valueClass.getSimpleName() + " is one of " + names.collect(Collectors.joining(", "))
                + ", not " + TypeDescriptions.found(parser));
    }

    private static String name(Object constant) {
        return ((Enum<?>) constant).name();
    }
}
