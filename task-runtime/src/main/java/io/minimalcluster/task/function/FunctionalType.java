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
 * The functional interface of a field from {@code java.util.function}.
 *
 * @param method the abstract method
 * @param parameters the parameter types, with the type arguments of the field
 * @param returns the return type, with the type arguments of the field
 */
record FunctionalType(Method method, List<Type> parameters, Type returns) {
    static Optional<FunctionalType> of(Type type) {
        Class<?> raw = Erasure.of(type);
        if (!raw.isInterface() || !raw.getName().startsWith("java.util.function.")) {
            return Optional.empty();
        }
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        bindTypeVariables(type, bindings);
        return Arrays.stream(raw.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst()
                .map(method -> of(method, bindings));
    }

    private static FunctionalType of(Method method, Map<TypeVariable<?>, Type> bindings) {
        List<Type> parameters = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> resolve(type, bindings))
                .toList();
        return new FunctionalType(method, parameters, resolve(method.getGenericReturnType(), bindings));
    }

    /** Collects the type arguments of an interface and of its superinterfaces. */
    private static void bindTypeVariables(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = Erasure.of(type).getTypeParameters();
            for (int at = 0; at < variables.length; at++) {
                bindings.put(variables[at], resolve(generic.getActualTypeArguments()[at], bindings));
            }
        }
        for (Type extended : Erasure.of(type).getGenericInterfaces()) {
            bindTypeVariables(extended, bindings);
        }
    }

    private static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
        return switch (type) {
            case TypeVariable<?> variable -> bindings.getOrDefault(variable, Erasure.of(variable));
            case WildcardType wildcard ->
                resolve(
                        wildcard.getLowerBounds().length > 0
                                ? wildcard.getLowerBounds()[0]
                                : wildcard.getUpperBounds()[0],
                        bindings);
            default -> type;
        };
    }
}
