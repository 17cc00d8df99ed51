package io.minimalcluster.client.code;

import java.io.Serializable;
import java.lang.constant.Constable;
import java.lang.constant.ConstantDesc;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of a function that is sent.
 *
 * @param captured the types of the captured values
 * @param arguments the types of the arguments: one, none for a callable, two for an operator
 * @param result the type of the value
 * @param returned the type that the generated method returns
 */
record BridgeTypes(List<Class<?>> captured, List<Type> arguments, Type result, Class<?> returned) {
    /** Types that stand for an intersection such as {@code Record & Shape}, and say less than the method. */
    private static final Set<Class<?>> OF_INTERSECTIONS =
            Set.of(Object.class, Record.class, Serializable.class, Constable.class, ConstantDesc.class);

    /**
     * The types of a function. Class files keep generic types of methods, but not of lambdas.
     *
     * @param argument the type of the argument that the caller gives; null to use that of the method
     * @param result the type of the value that the caller gives; null to use that of the method
     * @throws FunctionRefusedException if a type is incomplete
     */
    static BridgeTypes of(FunctionReference function, @Nullable Type argument, @Nullable Type result) {
        List<Type> parameters = new ArrayList<>();
        if (!function.isStatic() && !function.isConstructor()) {
            parameters.add(function.owner());
        }
        Executable member = function.member();
        Type[] generic = member.getGenericParameterTypes();
        Class<?>[] erased = member.getParameterTypes();
        parameters.addAll(List.of(generic.length == erased.length ? generic : erased));
        List<Class<?>> captured = new ArrayList<>();
        for (Type type : parameters.subList(0, function.captured().size())) {
            captured.add(GenericTypes.erasure(type));
        }
        List<Type> open = parameters.subList(captured.size(), parameters.size());
        if (open.size() > 1) {
            throw new FunctionRefusedException(
                    function.text() + " takes " + open.size() + " arguments, and a task has one: use a record");
        }
        return new BridgeTypes(
                captured,
                open.isEmpty() ? List.of() : List.of(argument(function, open.getFirst(), argument)),
                result(function, result),
                function.returnType());
    }

    /**
     * The types of an operator, whose arguments and value have one type.
     *
     * @param values the type of the values that it reduces. It is used unless the operator takes another class, because
     *     class files keep no generic types of lambdas. An operator of objects may give others than primitive values
     * @throws FunctionRefusedException if the operator captures values, or if its type is incomplete
     */
    static BridgeTypes ofOperator(FunctionReference operator, Type values) {
        if (!operator.captured().isEmpty()) {
            throw new FunctionRefusedException(operator.text()
                    + " captures values, which an operator can't: it gets two results and nothing else. Put what it"
                    + " needs into the results");
        }
        Class<?> taken = operator.instantiated().parameterType(0);
        Class<?> given = GenericTypes.erasure(values);
        boolean isOfValues = taken == GenericTypes.boxed(given) || (taken == Object.class && !given.isPrimitive());
        Type type = isOfValues ? values : taken;
        if (!GenericTypes.isComplete(type)) {
            throw new FunctionRefusedException(operator.text() + " takes a " + GenericTypes.text(type)
                    + ", and the function gives a " + GenericTypes.text(values)
                    + ": give the function the type of its values by new TypeRef<" + GenericTypes.text(type)
                    + "<…>>() {}");
        }
        return new BridgeTypes(List.of(), List.of(type, type), type, GenericTypes.erasure(type));
    }

    private static Type argument(FunctionReference function, Type ofMethod, @Nullable Type given) {
        Class<?> erased = GenericTypes.erasure(ofMethod);
        Type chosen;
        if (erased.isPrimitive()) {
            chosen = erased;
        } else if (given != null) {
            if (!erased.isAssignableFrom(GenericTypes.erasure(given))) {
                throw new FunctionRefusedException(function.text() + " takes a " + GenericTypes.text(ofMethod)
                        + ", which a " + GenericTypes.text(given) + " is not");
            }
            chosen = given;
        } else {
            Class<?> instantiated = function.instantiated().parameterType(0);
            boolean isNarrower = erased != instantiated
                    && erased.isAssignableFrom(instantiated)
                    && GenericTypes.isComplete(instantiated)
                    && !OF_INTERSECTIONS.contains(instantiated);
            chosen = isNarrower || !GenericTypes.isComplete(ofMethod) ? instantiated : ofMethod;
        }
        if (chosen == Record.class) {
            throw new FunctionRefusedException(function.text() + " takes a Record, because the arguments are of several"
                    + " classes: give their list a type that names what they have in common, such as List<Shape>");
        }
        return complete(function, "the argument", chosen);
    }

    private static Type result(FunctionReference function, @Nullable Type given) {
        if (given != null) {
            return complete(function, "the value", given);
        }
        Type ofMethod = function.member() instanceof Method method ? method.getGenericReturnType() : function.owner();
        boolean isGeneral = !GenericTypes.isComplete(ofMethod) || ofMethod == Object.class;
        Class<?> instantiated = function.instantiated().returnType();
        return complete(function, "the value", isGeneral ? instantiated : ofMethod);
    }

    private static Type complete(FunctionReference function, String role, Type type) {
        if (!GenericTypes.isComplete(type)) {
            throw new FunctionRefusedException("the type of " + role + " of " + function.text() + " is "
                    + GenericTypes.text(type) + " without its type arguments, because class files keep those of methods"
                    + " only: use a method reference of your own method, or give the types by new TypeRef<"
                    + GenericTypes.text(type)
                    + "<…>>() {}");
        }
        return type;
    }
}
