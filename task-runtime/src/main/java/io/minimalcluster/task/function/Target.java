package io.minimalcluster.task.function;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.TargetFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A target function: a method, or a field that holds a function.
 *
 * @param owner the class that declares or inherits it
 * @param names the parameter names
 * @param types the generic parameter types
 */
public record Target(Class<?> owner, String name, Member member, List<String> names, List<Type> types, Type returns) {
    /** The member that is called. */
    public sealed interface Member {
        boolean isStatic();

        /** A method. */
        record OfMethod(Method method) implements Member {
            @Override
            public boolean isStatic() {
                return Modifier.isStatic(method.getModifiers());
            }
        }

        /** A field; calls use the method of its functional interface. */
        record OfField(Field field, Method method) implements Member {
            @Override
            public boolean isStatic() {
                return Modifier.isStatic(field.getModifiers());
            }
        }
    }

    public Target {
        names = List.copyOf(names);
        types = List.copyOf(types);
    }

    /** The description for clients. */
    public TargetFunction described(boolean compact) {
        TypeNames typeNames = TypeNames.of(owner, compact);
        List<Parameter> parameters = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            Type type = types.get(at);
            parameters.add(new Parameter(names.get(at), typeNames.name(type), Shapes.of(type)));
        }
        return new TargetFunction(
                name,
                owner.getName(),
                parameters,
                typeNames.name(returns),
                signature(compact, typeNames),
                isInherited() ? true : null);
    }

    private boolean isInherited() {
        return member instanceof Member.OfMethod of && of.method().getDeclaringClass() != owner;
    }

    /**
     * The signature, which identifies the function in its environment. Signatures of compact sources omit the class.
     */
    public String signature(boolean compact) {
        return signature(compact, TypeNames.of(owner, compact));
    }

    private String signature(boolean compact, TypeNames typeNames) {
        String list =
                types.stream().map(type -> typeNames.name(Erasure.of(type))).collect(Collectors.joining(",", "(", ")"));
        String qualifier = compact ? typeNames.nested(owner) : owner.getCanonicalName();
        return (qualifier.isEmpty() ? "" : qualifier + ".") + name + list;
    }
}
