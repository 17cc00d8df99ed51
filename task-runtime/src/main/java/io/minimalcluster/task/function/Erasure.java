package io.minimalcluster.task.function;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/** The erasure of a type. */
final class Erasure {
    private Erasure() {}

    static Class<?> of(Type type) {
        return switch (type) {
            case Class<?> simple -> simple;
            case ParameterizedType generic -> of(generic.getRawType());
            case GenericArrayType array -> of(array.getGenericComponentType()).arrayType();
            case WildcardType wildcard -> of(wildcard.getUpperBounds()[0]);
            case TypeVariable<?> variable -> of(variable.getBounds()[0]);
            default -> Object.class;
        };
    }
}
