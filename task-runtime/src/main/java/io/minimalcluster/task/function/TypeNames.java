package io.minimalcluster.task.function;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Names of types as in source code: without {@code java.lang}, and without the implicit class of a compact source.
 * There is no pattern switch, see {@link Erasure}.
 */
record TypeNames(String within) {
    private static final String LANG = "java.lang.";

    /** Names for the functions of a class. Functions of compact sources use the simple names of its types. */
    static TypeNames of(Class<?> owner, boolean compact) {
        return new TypeNames(compact ? outermost(owner).getName() + "." : "");
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return outer == null ? type : outermost(outer);
    }

    /** The qualifier of the members of a class nested in a compact source; empty for the source itself. */
    String nested(Class<?> owner) {
        return owner.getEnclosingClass() == null ? "" : name(owner);
    }

    String name(Type type) {
        if (type instanceof Class<?> simple) {
            return name(simple);
        }
        if (type instanceof ParameterizedType generic) {
            return name(generic.getRawType()) + arguments(generic.getActualTypeArguments());
        }
        if (type instanceof GenericArrayType array) {
            return name(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard(wildcard);
        }
        return type instanceof TypeVariable<?> variable ? variable.getName() : type.getTypeName();
    }

    private String name(Class<?> type) {
        if (type.isArray()) {
            return name(type.getComponentType()) + "[]";
        }
        String name = type.getTypeName().replace('$', '.');
        String canonical = type.getCanonicalName() == null ? name : type.getCanonicalName();
        if (!within.isEmpty() && canonical.startsWith(within)) {
            return canonical.substring(within.length());
        }
        return type.getPackageName().equals("java.lang") && !type.isPrimitive()
                ? canonical.substring(LANG.length())
                : canonical;
    }

    private String arguments(Type[] arguments) {
        return Arrays.stream(arguments).map(this::name).collect(Collectors.joining(", ", "<", ">"));
    }

    private String wildcard(WildcardType wildcard) {
        if (wildcard.getLowerBounds().length > 0) {
            return "? super " + name(wildcard.getLowerBounds()[0]);
        }
        Type upper = wildcard.getUpperBounds()[0];
        return upper == Object.class ? "?" : "? extends " + name(upper);
    }
}
