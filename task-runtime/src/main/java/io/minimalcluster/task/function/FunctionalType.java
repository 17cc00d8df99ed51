package io.minimalcluster.task.function;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code java.util.function} interface as the type of a field.
 *
 * @param method its only abstract one
 * @param parameters what that takes, with the type arguments of the field put in
 * @param returns what it returns, likewise
 */
record FunctionalType(Method method, List<Type> parameters, Type returns) {
    static Optional<FunctionalType> of(Type type) {
        Class<?> raw = Erasure.of(type);
        if (!raw.isInterface() || !raw.getName().startsWith("java.util.function.")) {
            return Optional.empty();
        }
        Map<TypeVariable<?>, Type> known = new HashMap<>();
        learn(type, known);
        return Arrays.stream(raw.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst()
                .map(method -> of(method, known));
    }

    private static FunctionalType of(Method method, Map<TypeVariable<?>, Type> known) {
        List<Type> parameters = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> resolve(type, known))
                .toList();
        return new FunctionalType(method, parameters, resolve(method.getGenericReturnType(), known));
    }

    /** What the type variables of an interface, and of those that it extends, stand for. */
    private static void learn(Type type, Map<TypeVariable<?>, Type> known) {
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = Erasure.of(type).getTypeParameters();
            for (int at = 0; at < variables.length; at++) {
                known.put(variables[at], resolve(generic.getActualTypeArguments()[at], known));
            }
        }
        for (Type extended : Erasure.of(type).getGenericInterfaces()) {
            learn(extended, known);
        }
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> known) {
        return switch (type) {
            case TypeVariable<?> variable -> known.getOrDefault(variable, Erasure.of(variable));
            case WildcardType wildcard ->
                resolve(
                        wildcard.getLowerBounds().length > 0
                                ? wildcard.getLowerBounds()[0]
                                : wildcard.getUpperBounds()[0],
                        known);
            default -> type;
        };
    }
}
