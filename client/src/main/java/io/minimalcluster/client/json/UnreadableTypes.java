package io.minimalcluster.client.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serial;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.StdDeserializer;

/** Finds types that cannot be read, so that a job is refused before it runs. */
final class UnreadableTypes extends ValueDeserializerModifier {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> reader) {
        JavaType type = description.getType();
        Class<?> raw = type.getRawClass();
        boolean isAbstract = reader instanceof AbstractDeserializer;
        if ((!isAbstract && !(reader instanceof BeanDeserializerBase)) || raw.isAnnotationPresent(JsonTypeInfo.class)) {
            return reader;
        }
        if (!UserReaders.isOfUser(raw)) {
            return UntypedReader.isGeneral(raw)
                    ? new UntypedReader(raw)
                    : new Unreadable(type, "a " + raw.getName() + " has no JSON");
        }
        if (UserReaders.isInner(raw)) {
            return new Unreadable(type, raw.getName() + " is an inner class: make it static, or a record");
        }
        if (!isAbstract) {
            return reader;
        }
        return new Unreadable(
                type,
                raw.getName() + (raw.isSealed() ? " is sealed" : " is abstract")
                        + ", and its JSON does not name the class: return a record that contains the alternatives");
    }

    /** Refuses each value of a type. */
    static final class Unreadable extends StdDeserializer<Object> {
        private final JavaType type;
        private final String reason;

        Unreadable(JavaType type, String reason) {
            super(type);
            this.type = type;
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            return context.reportInputMismatch(type, "%s", reason);
        }
    }
}
