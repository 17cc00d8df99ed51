package io.minimalcluster.task.bind.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.Serial;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.impl.UnsupportedTypeSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Chooses the writers of user classes. A class is written as its members. Iterators, streams, and iterables without
 * members are written as their elements.
 */
final class UserSerializers extends SimpleSerializers {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        Class<?> raw = type.getRawClass();
        if (Elements.isIterator(raw) || raw == BitSet.class) {
            return new ElementsSerializer();
        }
        boolean isWritten = type.isEnumType() || type.isTypeOrSubTypeOf(Enum.class);
        if (isWritten || type.isTypeOrSubTypeOf(JsonNode.class) || !UserClass.isUserClass(raw)) {
            return super.findSerializer(config, type, description, format);
        }
        if (Number.class.isAssignableFrom(raw)) {
            return new NumberTextSerializer();
        }
        return ofUser(type, UserClass.of(type, config.getTypeFactory()));
    }

    private static ValueSerializer<?> ofUser(JavaType type, UserClass user) {
        Class<?> raw = type.getRawClass();
        if (user.members().isEmpty() && Iterable.class.isAssignableFrom(raw)) {
            return new ElementsSerializer();
        }
        if (user.members().isEmpty() && CharSequence.class.isAssignableFrom(raw)) {
            return ToStringSerializer.instance;
        }
        return raw.isHidden() || UserClass.statefulJdkSuperclass(raw) != null
                ? new UnsupportedTypeSerializer(type, "it has no JSON representation")
                : new ObjectSerializer(user);
    }
}
