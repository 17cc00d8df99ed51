package io.minimalcluster.task.bind;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnsupportedTypeSerializer;

/**
 * Only a class that the user wrote is written property by property. What the getters of a thread, a stream or a lambda
 * happen to give is nobody's result.
 */
final class UserClassSerializers extends ValueSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        boolean isForeign = type.getModule().isNamed() || type.isHidden();
        return isForeign && serializer instanceof BeanSerializerBase
                ? new UnsupportedTypeSerializer(description.getType(), "it has no form in JSON")
                : serializer;
    }
}
