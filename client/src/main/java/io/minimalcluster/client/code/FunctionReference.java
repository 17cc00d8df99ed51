package io.minimalcluster.client.code;

import io.minimalcluster.client.function.SerializableBinaryOperator;
import java.io.Serializable;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The method behind a method reference, a lambda, or a record with a functional interface.
 *
 * @param caller the class that contains the reference; it may access the method
 * @param kind a kind of {@link MethodHandleInfo}
 * @param owner the class of the method
 * @param descriptor the types of the method, without its receiver
 * @param member the method by reflection
 * @param captured the captured values, the receiver first
 * @param instantiated the types of the functional interface, with its type arguments
 */
record FunctionReference(
        Class<?> caller,
        int kind,
        Class<?> owner,
        String name,
        MethodType descriptor,
        Executable member,
        List<@Nullable Object> captured,
        MethodType instantiated) {

    static FunctionReference of(Serializable function) {
        Class<?> type = function.getClass();
        Method replace;
        try {
            replace = type.getDeclaredMethod("writeReplace");
        } catch (NoSuchMethodException _) {
            return ofObject(function);
        }
        try {
            replace.setAccessible(true);
            if (replace.invoke(function) instanceof SerializedLambda lambda) {
                return of(lambda, type.getClassLoader());
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new FunctionRefusedException("the method behind " + type.getName() + " can't be found: " + e, e);
        }
        return ofObject(function);
    }

    private static FunctionReference of(SerializedLambda lambda, @Nullable ClassLoader loader)
            throws ReflectiveOperationException {
        Class<?> owner = load(lambda.getImplClass(), loader);
        MethodType descriptor = MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader);
        List<@Nullable Object> captured = new ArrayList<>();
        for (int at = 0; at < lambda.getCapturedArgCount(); at++) {
            captured.add(lambda.getCapturedArg(at));
        }
        Executable member = lambda.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial
                ? owner.getDeclaredConstructor(descriptor.parameterArray())
                : method(owner, lambda.getImplMethodName(), descriptor);
        Class<?> caller = load(lambda.getCapturingClass(), loader);
        MethodType instantiated = MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader);
        return new FunctionReference(
                caller,
                lambda.getImplMethodKind(),
                owner,
                lambda.getImplMethodName(),
                descriptor,
                member,
                captured,
                instantiated);
    }

    /** The method that a lambda wraps, if it does nothing else and the method can be found; else this function. */
    FunctionReference unwrapped() {
        if (!isLambda() || !captured.isEmpty() || descriptor.parameterCount() != 1) {
            return this;
        }
        Optional<WrappedReference> wrapped = WrappedReference.of(owner, name, descriptor);
        try {
            return wrapped.isPresent() ? with(wrapped.get()) : this;
        } catch (ReflectiveOperationException _) {
            return this;
        }
    }

    private FunctionReference with(WrappedReference wrapped) throws ReflectiveOperationException {
        ClassLoader loader = caller.getClassLoader();
        Class<?> type = load(wrapped.owner(), loader);
        MethodType taken = MethodType.fromMethodDescriptorString(wrapped.descriptor(), loader);
        return new FunctionReference(
                caller,
                wrapped.kind(),
                type,
                wrapped.name(),
                taken,
                method(type, wrapped.name(), taken),
                List.of(),
                instantiated);
    }

    /** A record that implements the functional interface: its method, with the record as the captured receiver. */
    private static FunctionReference ofObject(Serializable function) {
        Class<?> type = function.getClass();
        if (!type.isRecord()) {
            throw new FunctionRefusedException(type.getName()
                    + " can't be sent: a function is a method reference, a lambda, or a record that implements the"
                    + " functional interface");
        }
        String name = function instanceof Callable<?> ? "call" : "apply";
        int parameters = switch (function) {
            case Callable<?> _ -> 0;
            case SerializableBinaryOperator<?> _ -> 2;
            default -> 1;
        };
        List<Method> candidates = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> !each.isBridge() && !Modifier.isStatic(each.getModifiers()))
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == parameters)
                .toList();
        if (candidates.isEmpty()) {
            throw new FunctionRefusedException(type.getName() + " has no method " + name + " of its own");
        }
        if (candidates.size() > 1) {
            throw new FunctionRefusedException(type.getName() + " has several methods " + name
                    + " with as many parameters, of which only one can be sent: rename the others");
        }
        Method method = candidates.getFirst();
        MethodType descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        return new FunctionReference(
                type,
                MethodHandleInfo.REF_invokeVirtual,
                type,
                method.getName(),
                descriptor,
                method,
                List.of(function),
                descriptor);
    }

    private static Class<?> load(String internalName, @Nullable ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(internalName.replace('/', '.'), false, loader);
    }

    /** A method of a class, or one that it inherits. An interface has the methods of {@code Object} too. */
    private static Method method(Class<?> owner, String name, MethodType descriptor) throws NoSuchMethodException {
        for (Class<?> at = owner; at != null; at = at.getSuperclass()) {
            for (Method each : at.getDeclaredMethods()) {
                if (each.getName().equals(name) && fits(each, descriptor)) {
                    return each;
                }
            }
        }
        List<Method> inherited = new ArrayList<>(List.of(owner.getMethods())); // of interfaces
        inherited.addAll(List.of(Object.class.getMethods()));
        for (Method each : inherited) {
            if (each.getName().equals(name) && fits(each, descriptor)) {
                return each;
            }
        }
        throw new NoSuchMethodException(owner.getName() + "." + name + descriptor);
    }

    private static boolean fits(Method method, MethodType descriptor) {
        return method.getReturnType() == descriptor.returnType()
                && Arrays.equals(method.getParameterTypes(), descriptor.parameterArray());
    }

    boolean isLambda() {
        return member.isSynthetic();
    }

    boolean isConstructor() {
        return kind == MethodHandleInfo.REF_newInvokeSpecial;
    }

    boolean isStatic() {
        return kind == MethodHandleInfo.REF_invokeStatic;
    }

    /** The type of what the function returns. */
    Class<?> returnType() {
        return isConstructor() ? owner : descriptor.returnType();
    }

    /** The types of the parameters, with that of the receiver first. */
    List<Class<?>> parameterTypes() {
        return isStatic() || isConstructor()
                ? descriptor.parameterList()
                : descriptor.insertParameterTypes(0, owner).parameterList();
    }

    /** As in source code, such as {@code Main::square}. */
    String text() {
        return isLambda()
                ? "a lambda of " + caller.getSimpleName()
                : owner.getSimpleName() + "::" + (isConstructor() ? "new" : name);
    }
}
