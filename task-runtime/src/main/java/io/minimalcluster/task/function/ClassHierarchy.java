package io.minimalcluster.task.function;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The methods of a class and those that it inherits from other classes of the environment. */
final class ClassHierarchy {
    private ClassHierarchy() {}

    /** The methods in the order in which they override each other. Static methods of interfaces are included. */
    static List<Method> methods(Class<?> owner) {
        List<Method> methods = new ArrayList<>(List.of(owner.getDeclaredMethods()));
        for (Class<?> type : supertypes(owner)) {
            methods.addAll(inherited(owner, type));
        }
        methods.removeIf(method -> method.isSynthetic() || Modifier.isPrivate(method.getModifiers()));
        return methods;
    }

    private static List<Method> inherited(Class<?> owner, Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> isVisible(method.getModifiers()) || samePackage(type, owner))
                    .toList();
        } catch (LinkageError _) {
            return List.of(); // a class of a library may need classes that no library has
        }
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static boolean samePackage(Class<?> one, Class<?> other) {
        return one.getPackageName().equals(other.getPackageName());
    }

    /** The superclasses, then the interfaces, each before those that it extends. Types of the JDK are left out. */
    private static List<Class<?>> supertypes(Class<?> owner) {
        List<Class<?>> supertypes = new ArrayList<>();
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        addInterfaces(owner, interfaces);
        for (Class<?> type = owner.getSuperclass(); type != null; type = type.getSuperclass()) {
            supertypes.add(type);
            addInterfaces(type, interfaces);
        }
        interfaces.stream() // without Comparator, see TargetFunctions
                .sorted((a, b) -> Integer.compare(countInterfaces(b), countInterfaces(a)))
                .forEach(supertypes::add);
        supertypes.removeIf(type -> type.getModule().isNamed());
        return supertypes;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> found) {
        for (Class<?> each : type.getInterfaces()) {
            if (found.add(each)) {
                addInterfaces(each, found);
            }
        }
    }

    private static int countInterfaces(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        addInterfaces(type, found);
        return found.size();
    }
}
