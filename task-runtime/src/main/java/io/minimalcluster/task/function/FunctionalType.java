package io.minimalcluster.task.function;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
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
        TypeBindings bindings = TypeBindings.of(type);
        return Arrays.stream(raw.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .findFirst()
                .map(method -> of(method, bindings));
    }

    private static FunctionalType of(Method method, TypeBindings bindings) {
        List<Type> parameters = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> bound(bindings.resolve(type)))
                .toList();
        return new FunctionalType(method, parameters, bound(bindings.resolve(method.getGenericReturnType())));
    }

    private static Type bound(Type type) {
        return switch (type) {
            case TypeVariable<?> variable -> Erasure.of(variable);
            case WildcardType wildcard ->
                bound(
                        wildcard.getLowerBounds().length > 0
                                ? wildcard.getLowerBounds()[0]
                                : wildcard.getUpperBounds()[0]);
            default -> type;
        };
    }
}
