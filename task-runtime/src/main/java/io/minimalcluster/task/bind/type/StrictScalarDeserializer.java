package io.minimalcluster.task.bind.type;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a scalar type by a function of the parser. JSON null yields a given value, and is an error for primitives. */
final class StrictScalarDeserializer<T> extends StdScalarDeserializer<T> {
    private final Function<JsonParser, T> read;
    private final @Nullable T ofNull;

    StrictScalarDeserializer(Class<T> type, Function<JsonParser, T> read, @Nullable T ofNull) {
        super(type);
        this.read = read;
        this.ofNull = ofNull;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) {
        return read.apply(parser);
    }

    @Override
    public @Nullable Object getNullValue(DeserializationContext context) {
        if (_valueClass.isPrimitive()) {
            throw Scalars.nullFor(_valueClass.getName());
        }
        return ofNull;
    }
}
