package io.minimalcluster.client.code;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Erasures and signatures of generic types. */
final class GenericTypes {
    private GenericTypes() {}

    static Class<?> erasure(Type type) {
        return switch (type) {
            case Class<?> one -> one;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            case GenericArrayType array ->
                Array.newInstance(erasure(array.getGenericComponentType()), 0).getClass();
            case WildcardType wildcard -> erasure(wildcard.getUpperBounds()[0]);
            case TypeVariable<?> variable -> erasure(variable.getBounds()[0]);
            default -> Object.class;
        };
    }

    /** The class of the objects of a type. */
    static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    /** Whether values of the type can be read: it has no type variables, and no class without its type arguments. */
    static boolean isComplete(Type type) {
        return switch (type) {
            case Class<?> one ->
                one.isArray() ? isComplete(one.getComponentType()) : one.getTypeParameters().length == 0;
            case ParameterizedType generic ->
                Arrays.stream(generic.getActualTypeArguments()).allMatch(GenericTypes::isComplete);
            case GenericArrayType array -> isComplete(array.getGenericComponentType());
            case WildcardType wildcard ->
                Arrays.stream(wildcard.getUpperBounds()).allMatch(GenericTypes::isComplete);
            default -> false;
        };
    }

    /** The signature of a type as in class files. */
    static String signature(Type type) {
        return switch (type) {
            case Class<?> one -> one.descriptorString();
            case ParameterizedType generic -> {
                String raw = erasure(generic).descriptorString();
                yield raw.substring(0, raw.length() - 1)
                        + Arrays.stream(generic.getActualTypeArguments())
                                .map(GenericTypes::signature)
                                .collect(Collectors.joining("", "<", ">;"));
            }
            case GenericArrayType array -> "[" + signature(array.getGenericComponentType());
            case WildcardType wildcard ->
                wildcard.getLowerBounds().length > 0
                        ? "-" + signature(wildcard.getLowerBounds()[0])
                        : "+" + signature(wildcard.getUpperBounds()[0]);
            default -> erasure(type).descriptorString();
        };
    }

    /** The name of a type without packages. */
    static String text(Type type) {
        return type.getTypeName().replaceAll("[\\w.]+\\.(\\w+)", "$1");
    }
}
