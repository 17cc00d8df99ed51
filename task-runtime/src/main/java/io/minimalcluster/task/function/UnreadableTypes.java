package io.minimalcluster.task.function;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Types that no JSON can be read into: inner classes, and abstract types of users that are not sealed. */
final class UnreadableTypes {
    private UnreadableTypes() {}

    /** Whether a type, or the type of its elements, is unreadable. */
    static boolean contain(Type type) {
        return switch (type) {
            case Class<?> simple -> simple.isArray() ? contain(simple.getComponentType()) : isUnreadable(simple);
            case GenericArrayType array -> contain(array.getGenericComponentType());
            case ParameterizedType generic -> containGeneric(generic);
            case WildcardType wildcard -> contain(wildcard.getUpperBounds()[0]);
            case TypeVariable<?> variable -> isUnreadable(Erasure.of(variable));
            default -> false;
        };
    }

    private static boolean containGeneric(ParameterizedType type) {
        Class<?> raw = Erasure.of(type);
        boolean isContainer =
                raw == Optional.class || Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw);
        return isUnreadable(raw)
                || (isContainer && Arrays.stream(type.getActualTypeArguments()).anyMatch(UnreadableTypes::contain));
    }

    private static boolean isUnreadable(Class<?> type) {
        boolean ofJdk = type.isPrimitive() || type.isArray() || type.getModule().isNamed();
        return !ofJdk && (isInner(type) || isAbstract(type));
    }

    private static boolean isInner(Class<?> type) {
        return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
    }

    /** A sealed type is read as one of its subtypes. */
    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers()) && !type.isEnum() && !type.isSealed();
    }
}
