package io.minimalcluster.task.function;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;

/**
 * The erasure of a type. An executor erases types before its first task, so there is no pattern switch: the JVM
 * generates a class for each, which no class cache holds.
 */
final class Erasure {
    private Erasure() {}

    static Class<?> of(Type type) {
        if (type instanceof Class<?> simple) {
            return simple;
        }
        if (type instanceof ParameterizedType generic) {
            return of(generic.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return of(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        return type instanceof TypeVariable<?> variable ? of(variable.getBounds()[0]) : Object.class;
    }
}
