package io.minimalcluster.task.bind.type;

import java.io.Serial;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnsupportedTypeSerializer;

/** Rejects results that Jackson would write by their getters, such as threads and lambdas. */
final class JdkClassCheck extends ValueSerializerModifier {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        return serializer instanceof BeanSerializerBase
                ? new UnsupportedTypeSerializer(description.getType(), "it has no JSON representation")
                : serializer;
    }
}
