package io.minimalcluster.task.bind.type;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes a record or class of user code as an object with its members. */
final class ObjectSerializer extends StdSerializer<Object> {
    private final UserClass user;

    ObjectSerializer(UserClass user) {
        super(user.type());
        this.user = user;
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        generator.writeStartObject(value);
        for (Member member : user.members()) {
            try {
                generator.writeName(member.serializedName());
                context.writeValue(generator, member.of(value));
            } catch (RuntimeException e) {
                throw JacksonException.wrapWithPath(e, value, member.name());
            }
        }
        generator.writeEndObject();
    }
}
