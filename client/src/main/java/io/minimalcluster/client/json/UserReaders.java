package io.minimalcluster.client.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Serial;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;

/** Chooses the readers of classes without a constructor that takes nothing, and of iterators and streams. */
final class UserReaders extends SimpleDeserializers {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        ValueDeserializer<?> registered = super.findBeanDeserializer(type, config, description);
        if (registered != null) {
            return registered;
        }
        Class<?> raw = type.getRawClass();
        if (!isOfUser(raw)) {
            return ElementsReader.of(type, config.getTypeFactory());
        }
        return needsArguments(raw) ? new ClassReader(type, config.getTypeFactory()) : null;
    }

    /** Whether a class is no class of the JDK. */
    static boolean isOfUser(Class<?> type) {
        return !type.getModule().isNamed() && !type.isPrimitive() && !type.isArray();
    }

    /** Whether instances of a class need an enclosing instance. */
    static boolean isInner(Class<?> type) {
        return type.isAnonymousClass()
                || ((type.isMemberClass() || type.isLocalClass()) && !Modifier.isStatic(type.getModifiers()));
    }

    private static boolean needsArguments(Class<?> raw) {
        return !raw.isRecord()
                && !raw.isEnum()
                && !Modifier.isAbstract(raw.getModifiers())
                && !isInner(raw)
                && !Throwable.class.isAssignableFrom(raw)
                && Arrays.stream(raw.getDeclaredConstructors()).noneMatch(each -> each.getParameterCount() == 0)
                && Stream.<AccessibleObject>concat(
                                Arrays.stream(raw.getDeclaredConstructors()), Arrays.stream(raw.getDeclaredMethods()))
                        .noneMatch(each -> each.isAnnotationPresent(JsonCreator.class));
    }
}
