package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;

/** Reads a scalar type by a function of the parser. JSON null yields null, and is an error for primitives. */
final class StrictScalarDeserializer<T> extends StdScalarDeserializer<T> {
    private final Function<JsonParser, T> read;

    StrictScalarDeserializer(Class<T> type, Function<JsonParser, T> read) {
        super(type);
        this.read = read;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
        try {
            return read.apply(parser);
        } catch (ArgumentMismatch e) { // Jackson adds the path only to its own exceptions
            throw MismatchedInputException.from(parser, _valueClass, e.getMessage());
        }
    }

    @Override
    public Object getNullValue(DeserializationContext context) {
        if (_valueClass.isPrimitive()) {
            throw MismatchedInputException.from(
                    context.getParser(),
                    _valueClass,
                    "null, or nothing at all, does not fit the primitive type " + _valueClass.getName());
        }
        return super.getNullValue(context);
    }
}
