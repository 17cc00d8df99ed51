package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.TypeDescriptions;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Stands for a type that can't be read from JSON, and says why. */
final class RefusingDeserializer extends StdDeserializer<Object> {
    private final JavaType type;
    private final String reason;

    RefusingDeserializer(JavaType type, String reason) {
        super(type);
        this.type = type;
        this.reason = reason;
    }

    /** Why the type can't be read. */
    String reason() {
        return reason;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        throw TypeDescriptions.unreadable(type, parser, "; " + reason);
    }
}
