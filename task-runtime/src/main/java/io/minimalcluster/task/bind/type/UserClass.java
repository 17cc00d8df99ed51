package io.minimalcluster.task.bind.type;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/**
 * A record or class of user code, seen as its members: the components of a record, the fields of another class with
 * those of its superclasses first. Static, transient and synthetic fields are no members.
 */
record UserClass(JavaType type, List<Member> members) {
    UserClass {
        members = List.copyOf(members);
    }

    static UserClass of(JavaType type, TypeFactory types) {
        Class<?> raw = type.getRawClass();
        return new UserClass(type, raw.isRecord() ? components(type, types) : fields(type, types));
    }

    /** Whether a class is none of the JDK. A program that uses the client may be a named module too. */
    static boolean isUserClass(Class<?> type) {
        return !type.isPrimitive() && !type.isArray() && !isOfJdk(type.getModule());
    }

    private static boolean isOfJdk(Module module) {
        String name = module.getName();
        return name != null && (name.startsWith("java.") || name.startsWith("jdk."));
    }

    /** Whether instances of a class need an enclosing instance or captured variables. */
    static boolean isInner(Class<?> type) {
        return type.isAnonymousClass()
                || ((type.isMemberClass() || type.isLocalClass()) && !Modifier.isStatic(type.getModifiers()));
    }

    /** The superclass of the JDK whose state is not accessible, or null. */
    static @Nullable Class<?> statefulJdkSuperclass(Class<?> type) {
        for (Class<?> at = type.getSuperclass(); at != null; at = at.getSuperclass()) {
            if (!isUserClass(at) && Arrays.stream(at.getDeclaredFields()).anyMatch(UserClass::isState)) {
                return at;
            }
        }
        return null;
    }

    private static List<Member> components(JavaType type, TypeFactory types) {
        return Arrays.stream(type.getRawClass().getRecordComponents())
                .map(component ->
                        Member.of(component, types.resolveMemberType(component.getGenericType(), type.getBindings())))
                .toList();
    }

    /** A field hides the field of a superclass with the same name. */
    private static List<Member> fields(JavaType type, TypeFactory types) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> at = type.getRawClass(); at != null && isUserClass(at); at = at.getSuperclass()) {
            classes.addFirst(at);
        }
        Map<String, Field> byName = new HashMap<>();
        List<Field> fields = classes.stream()
                .flatMap(at -> Stream.of(at.getDeclaredFields()))
                .filter(field -> isState(field) && !Modifier.isTransient(field.getModifiers()))
                .toList();
        fields.forEach(field -> byName.put(field.getName(), field));
        return fields.stream()
                .filter(field -> field.equals(byName.get(field.getName())))
                .map(field -> Member.of(field, memberType(type, field, types)))
                .toList();
    }

    private static boolean isState(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
    }

    private static JavaType memberType(JavaType type, Field field, TypeFactory types) {
        JavaType declaring = type.findSuperType(field.getDeclaringClass());
        return types.resolveMemberType(field.getGenericType(), declaring.getBindings());
    }
}
