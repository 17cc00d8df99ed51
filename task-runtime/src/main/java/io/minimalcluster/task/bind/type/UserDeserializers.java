package io.minimalcluster.task.bind.type;

import java.io.Serial;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.type.TypeFactory;

/** Chooses the readers of user classes, of enums, and of iterators and streams. */
final class UserDeserializers extends SimpleDeserializers {
    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        ValueDeserializer<?> registered = super.findBeanDeserializer(type, config, description);
        if (registered != null) {
            return registered;
        }
        TypeFactory types = config.getTypeFactory();
        return UserClass.isUserClass(type.getRawClass()) ? ofUser(type, types) : Elements.deserializer(type, types);
    }

    @Override
    public ValueDeserializer<?> findEnumDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        return new EnumNameDeserializer(type.getRawClass());
    }

    private static ValueDeserializer<?> ofUser(JavaType type, TypeFactory types) {
        Class<?> raw = type.getRawClass();
        Class<?> stateful = UserClass.statefulJdkSuperclass(raw);
        if (UserClass.isInner(raw)) {
            return new RefusingDeserializer(type, "it is an inner class, make it static or a record");
        }
        if (Modifier.isAbstract(raw.getModifiers())) {
            return raw.isSealed()
                    ? new SealedDeserializer(type, types)
                    : new RefusingDeserializer(type, "it is abstract, take a record, an enum or a class");
        }
        if (Number.class.isAssignableFrom(raw)) {
            return new RefusingDeserializer(type, "it extends Number, take a BigDecimal, a record or another class");
        }
        if (Elements.isIterator(raw)) {
            return new RefusingDeserializer(type, "it is an iterator or a stream, take that of the JDK");
        }
        if (stateful != null) {
            return new RefusingDeserializer(
                    type, "it extends " + stateful.getName() + ", whose state is not accessible");
        }
        UserClass user = UserClass.of(type, types);
        return InstanceCreator.of(user)
                .<ValueDeserializer<?>>map(creator -> new ObjectDeserializer(user, creator))
                .orElseGet(() -> new RefusingDeserializer(type, "it has no constructor"));
    }
}
