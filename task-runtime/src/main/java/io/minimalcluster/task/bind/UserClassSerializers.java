package io.minimalcluster.task.bind;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnsupportedTypeSerializer;

/**
 * Restricts serialization by properties to classes of the user. Other classes, such as threads, streams and lambdas,
 * have no meaningful properties.
 */
final class UserClassSerializers extends ValueSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public ValueSerializer<?> modifySerializer(
            SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
        Class<?> type = description.getBeanClass();
        boolean isForeign = type.getModule().isNamed() || type.isHidden();
        return isForeign && serializer instanceof BeanSerializerBase
                ? new UnsupportedTypeSerializer(description.getType(), "it has no JSON representation")
                : serializer;
    }
}
