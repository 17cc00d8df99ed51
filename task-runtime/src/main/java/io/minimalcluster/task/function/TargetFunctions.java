package io.minimalcluster.task.function;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the target functions of a class, inherited methods included. Type variables stand for their bounds, and
 * variable arguments for an array.
 */
public final class TargetFunctions {
    private static final Set<String> OF_ENUM = Set.of("values", "valueOf");

    private TargetFunctions() {}

    /** The target functions sorted by name and signature. The class is not initialised. */
    public static List<Target> of(Class<?> owner) {
        if (!isReachable(owner)) {
            return List.of();
        }
        boolean instantiable = isInstantiable(owner);
        List<Target> methods = methods(owner, isTarget(owner, instantiable));
        Set<String> methodSignatures = new HashSet<>();
        methods.forEach(method -> methodSignatures.add(method.signature(false)));
        Stream<Target> fields = Arrays.stream(owner.getDeclaredFields())
                .filter(field -> isCallable(field.getModifiers(), instantiable) && !field.isSynthetic())
                .flatMap(field -> ofField(owner, field))
                .filter(field -> !methodSignatures.contains(field.signature(false)));
        return Stream.concat(methods.stream(), fields)
                .sorted(TargetFunctions::compare)
                .toList();
    }

    /**
     * By name, then by signature. No class cache holds the lambdas of {@link java.util.Comparator}: they are
     * serializable.
     */
    private static int compare(Target a, Target b) {
        int byName = a.name().compareTo(b.name());
        return byName == 0 ? a.signature(false).compareTo(b.signature(false)) : byName;
    }

    /** The methods that no earlier method overrides. Parameters have the type arguments that the class gives. */
    private static List<Target> methods(Class<?> owner, Predicate<Method> isTarget) {
        TypeBindings bindings = TypeBindings.of(owner);
        Set<String> signatures = new HashSet<>();
        List<Target> targets = new ArrayList<>();
        for (Method method : ClassHierarchy.methods(owner)) {
            Target target = ofMethod(owner, method, bindings);
            if (signatures.add(target.signature(false)) && isTarget.test(method)) {
                targets.add(target);
            }
        }
        return targets;
    }

    /** Whether a class is top-level or static nested, and so needs no enclosing instance. */
    private static boolean isReachable(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic() || type.isHidden()) {
            return false;
        }
        Class<?> outer = type.getEnclosingClass();
        return outer == null || (Modifier.isStatic(type.getModifiers()) && isReachable(outer));
    }

    private static boolean isInstantiable(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !type.isEnum()
                && Arrays.stream(type.getDeclaredConstructors()).anyMatch(TargetFunctions::isPlain);
    }

    private static boolean isPlain(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }

    private static Predicate<Method> isTarget(Class<?> owner, boolean instantiable) {
        Set<String> components = components(owner);
        return method -> isCallable(method.getModifiers(), instantiable)
                && !Modifier.isAbstract(method.getModifiers())
                && !isMain(method)
                && !isOfObject(method)
                && !(owner.isEnum() && OF_ENUM.contains(method.getName()))
                && !(method.getParameterCount() == 0 && components.contains(method.getName()));
    }

    private static boolean isCallable(int modifiers, boolean instantiable) {
        return !Modifier.isPrivate(modifiers) && (Modifier.isStatic(modifiers) || instantiable);
    }

    private static Set<String> components(Class<?> owner) {
        Set<String> names = new HashSet<>();
        if (owner.isRecord()) {
            for (RecordComponent component : owner.getRecordComponents()) {
                names.add(component.getName());
            }
        }
        return names;
    }

    private static boolean isMain(Method method) {
        return method.getName().equals("main")
                && (method.getParameterCount() == 0
                        || Arrays.equals(method.getParameterTypes(), new Class<?>[] {String[].class}));
    }

    /** Overrides of methods of {@code Object} are no target functions. */
    private static boolean isOfObject(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        return Arrays.stream(Object.class.getDeclaredMethods())
                .anyMatch(of -> of.getName().equals(method.getName())
                        && Arrays.equals(of.getParameterTypes(), method.getParameterTypes()));
    }

    private static Target ofMethod(Class<?> owner, Method method, TypeBindings bindings) {
        List<String> names =
                Arrays.stream(method.getParameters()).map(Parameter::getName).toList();
        return new Target(
                owner,
                method.getName(),
                new Target.Member.OfMethod(method),
                names,
                Arrays.stream(method.getGenericParameterTypes())
                        .map(bindings::resolve)
                        .toList(),
                bindings.resolve(method.getGenericReturnType()));
    }

    /** The parameters are named {@code x} and {@code y}, because interfaces of the JDK have no parameter names. */
    private static Stream<Target> ofField(Class<?> owner, Field field) {
        return FunctionalType.of(field.getGenericType()).stream()
                .map(type -> new Target(
                        owner,
                        field.getName(),
                        new Target.Member.OfField(field, type.method()),
                        List.of("x", "y").subList(0, type.parameters().size()),
                        type.parameters(),
                        type.returns()));
    }
}
