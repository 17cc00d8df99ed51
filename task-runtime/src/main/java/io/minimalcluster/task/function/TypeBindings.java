package io.minimalcluster.task.function;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The type arguments that a type gives to its supertypes. */
final class TypeBindings {
    private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

    private TypeBindings() {}

    /** The bindings of a type and of all its supertypes. */
    static TypeBindings of(Type type) {
        TypeBindings found = new TypeBindings();
        found.add(type);
        return found;
    }

    private void add(Type type) {
        Class<?> raw = Erasure.of(type);
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int at = 0; at < variables.length; at++) {
                bindings.put(variables[at], resolve(generic.getActualTypeArguments()[at]));
            }
        }
        Stream.concat(Stream.ofNullable(raw.getGenericSuperclass()), Arrays.stream(raw.getGenericInterfaces()))
                .forEach(this::add);
    }

    /** The type with bound variables replaced. There is no pattern switch, see {@link Erasure}. */
    Type resolve(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType generic) {
            return new Generic(generic, resolve(generic.getActualTypeArguments()));
        }
        return type instanceof GenericArrayType array ? arrayOf(resolve(array.getGenericComponentType())) : type;
    }

    private Type[] resolve(Type[] types) {
        return Arrays.stream(types).map(this::resolve).toArray(Type[]::new);
    }

    private static Type arrayOf(Type component) {
        return component instanceof Class<?> simple ? simple.arrayType() : (GenericArrayType) () -> component;
    }

    /** A generic type with other arguments. */
    private static final class Generic implements ParameterizedType {
        private final ParameterizedType declared;
        private final Type[] arguments;

        Generic(ParameterizedType declared, Type[] arguments) {
            this.declared = declared;
            this.arguments = arguments;
        }

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return declared.getRawType();
        }

        @Override
        public @Nullable Type getOwnerType() {
            return declared.getOwnerType();
        }
    }
}
