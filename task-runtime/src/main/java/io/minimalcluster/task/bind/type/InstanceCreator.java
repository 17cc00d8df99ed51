package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Creates instances of a class from the values of its members. A record is created by its canonical constructor.
 * Another class is created by its constructor without parameters, or else by the constructor whose parameters match
 * most members; the fields that are no parameters of it by name are set afterwards.
 *
 * @param sources for each parameter the index of the member that is passed, or {@link #NONE}
 * @param complete the indexes of members that need not be set after the call
 */
record InstanceCreator(Constructor<?> constructor, List<Integer> sources, BitSet complete) {
    private static final int NONE = -1;

    InstanceCreator {
        constructor.setAccessible(true);
        sources = List.copyOf(sources);
    }

    /** The creator for a class, or nothing for a class without constructors that can be called. */
    static Optional<InstanceCreator> of(UserClass user) {
        Class<?> raw = user.type().getRawClass();
        List<Member> members = user.members();
        if (raw.isRecord()) {
            List<Integer> all = IntStream.range(0, members.size()).boxed().toList();
            BitSet complete = new BitSet();
            complete.set(0, all.size());
            return canonical(raw).map(constructor -> new InstanceCreator(constructor, all, complete));
        }
        return Arrays.stream(raw.getDeclaredConstructors())
                .filter(constructor -> !constructor.isSynthetic())
                .map(constructor -> matched(constructor, members))
                .min(Comparator.comparing((InstanceCreator creator) -> !creator.sources.isEmpty())
                        .thenComparing(InstanceCreator::isCopy)
                        .thenComparingLong(InstanceCreator::unmatched)
                        .thenComparingInt(creator -> creator.sources.size() - creator.complete.cardinality())
                        .thenComparingInt(creator -> -creator.sources.size()));
    }

    private static Optional<Constructor<?>> canonical(Class<?> raw) {
        Class<?>[] types = Arrays.stream(raw.getRecordComponents())
                .map(component -> component.getType())
                .toArray(Class<?>[]::new);
        return Arrays.stream(raw.getDeclaredConstructors())
                .filter(constructor -> Arrays.equals(constructor.getParameterTypes(), types))
                .findFirst();
    }

    /** Matches parameters to members by name, and then the rest by type in the order of declaration. */
    private static InstanceCreator matched(Constructor<?> constructor, List<Member> members) {
        Parameter[] parameters = constructor.getParameters();
        List<Integer> sources = new ArrayList<>();
        BitSet byName = new BitSet();
        for (Parameter parameter : parameters) {
            int source = IntStream.range(0, members.size())
                    .filter(at -> members.get(at).name().equals(parameter.getName())
                            && takes(parameter, members.get(at).type()))
                    .findFirst()
                    .orElse(NONE);
            sources.add(source);
            if (source != NONE) {
                byName.set(source);
            }
        }
        for (int at = 0; at < parameters.length; at++) {
            Parameter parameter = parameters[at];
            if (sources.get(at) == NONE) {
                sources.set(
                        at,
                        IntStream.range(0, members.size())
                                .filter(member -> !sources.contains(member)
                                        && takes(parameter, members.get(member).type()))
                                .findFirst()
                                .orElse(NONE));
            }
        }
        return new InstanceCreator(constructor, sources, byName);
    }

    private static boolean takes(Parameter parameter, JavaType member) {
        return wrapped(parameter.getType()).isAssignableFrom(wrapped(member.getRawClass()));
    }

    private static Class<?> wrapped(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private boolean isCopy() {
        return Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {constructor.getDeclaringClass()});
    }

    private long unmatched() {
        return sources.stream().filter(source -> source == NONE).count();
    }

    /** Whether the constructor takes a member, which must therefore have a value. */
    boolean takes(int member) {
        return sources.contains(member);
    }

    /**
     * Creates an instance.
     *
     * @param present which members have a value; the others are not set
     * @throws ArgumentMismatch if the constructor throws an exception
     */
    Object create(List<Member> members, @Nullable Object[] values, boolean[] present) {
        Object created = construct(values);
        for (int at = 0; at < values.length; at++) {
            if (present[at] && !complete.get(at)) {
                members.get(at).set(created, values[at]);
            }
        }
        return created;
    }

    private Object construct(@Nullable Object[] values) {
        Class<?>[] types = constructor.getParameterTypes();
        @Nullable Object[] arguments = new Object[types.length];
        for (int at = 0; at < types.length; at++) {
            int source = sources.get(at);
            arguments[at] = source == NONE ? Array.get(Array.newInstance(types[at], 1), 0) : values[source];
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new ArgumentMismatch(
                    constructor.getDeclaringClass().getSimpleName() + " refuses it: " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // unreachable: the class is concrete and its constructor accessible
        }
    }
}
