package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.TypeDescriptions;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;

/** A component of a record or a field of a class. */
final class Member {
    private final SerializableString name;
    private final JavaType type;
    private final @Nullable Method accessor;
    private final @Nullable Field field;
    private @Nullable ValueDeserializer<Object> deserializer;

    private Member(String name, JavaType type, @Nullable Method accessor, @Nullable Field field) {
        this.name = new SerializedString(name);
        this.type = type;
        this.accessor = accessor;
        this.field = field;
    }

    static Member of(RecordComponent component, JavaType type) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return new Member(component.getName(), type, accessor, null);
    }

    static Member of(Field field, JavaType type) {
        field.setAccessible(true);
        return new Member(field.getName(), type, null, field);
    }

    String name() {
        return name.getValue();
    }

    SerializableString serializedName() {
        return name;
    }

    JavaType type() {
        return type;
    }

    /** The value of this member. An accessor is user code, and its exceptions propagate unchanged. */
    @Nullable
    Object of(Object owner) {
        try {
            return field == null ? invoke(owner) : field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // unreachable: the member is accessible
        }
    }

    private @Nullable Object invoke(Object owner) throws IllegalAccessException {
        try {
            return accessor == null ? null : accessor.invoke(owner);
        } catch (InvocationTargetException e) {
            throw unchecked(e.getTargetException());
        }
    }

    /** The exception of user code as an unchecked exception. An error is rethrown. */
    static RuntimeException unchecked(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case RuntimeException unchecked -> unchecked;
            default -> new UndeclaredThrowableException(thrown, thrown.toString());
        };
    }

    void set(Object owner, @Nullable Object value) {
        try {
            if (field != null) {
                field.set(owner, value);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // unreachable: the field is accessible and of no record
        }
    }

    @Nullable
    Object read(JsonParser parser, DeserializationContext context) {
        ValueDeserializer<Object> reader = deserializer(context);
        return parser.hasToken(JsonToken.VALUE_NULL)
                ? reader.getNullValue(context)
                : reader.deserialize(parser, context);
    }

    /** The value for an object without this member. */
    @Nullable
    Object absent(DeserializationContext context) {
        if (type.isPrimitive()) {
            throw new ArgumentMismatch("it is missing, " + TypeDescriptions.nameOf(type) + " is needed");
        }
        return deserializer(context).getAbsentValue(context);
    }

    /** Looked up on first use, because types may contain themselves. */
    private ValueDeserializer<Object> deserializer(DeserializationContext context) {
        if (deserializer == null) {
            deserializer = context.findContextualValueDeserializer(type, null);
        }
        return deserializer;
    }
}
