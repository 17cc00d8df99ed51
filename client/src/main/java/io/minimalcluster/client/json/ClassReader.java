package io.minimalcluster.client.json;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.type.TypeFactory;

/**
 * Reads a class whose constructors all have parameters, from an object with its fields. As in executors, the
 * constructor is used whose parameters match most fields, by name first and by type otherwise, and the fields that are
 * no parameters by name are set afterwards.
 */
final class ClassReader extends StdDeserializer<Object> {
    private final JavaType type;
    private final List<Field> fields;
    private final List<JavaType> types;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Call call;

    /**
     * A constructor and its arguments.
     *
     * @param sources for each parameter the index of the field that is passed; -1 for none
     * @param byName the fields that are parameters by name
     */
    private record Call(Constructor<?> constructor, List<Integer> sources, BitSet byName) {
        private long unmatched() {
            return sources.stream().filter(source -> source < 0).count();
        }

        private boolean isCopy() {
            return constructor.getParameterCount() == 1
                    && constructor.getParameterTypes()[0] == constructor.getDeclaringClass();
        }
    }

    ClassReader(JavaType type, TypeFactory types) {
        super(type);
        this.type = type;
        this.fields = fields(type.getRawClass());
        this.types = fields.stream()
                .map(field -> types.resolveMemberType(
                        field.getGenericType(),
                        type.findSuperType(field.getDeclaringClass()).getBindings()))
                .toList();
        for (int at = 0; at < fields.size(); at++) {
            indexes.put(fields.get(at).getName(), at);
        }
        this.call = Arrays.stream(type.getRawClass().getDeclaredConstructors())
                .filter(each -> !each.isSynthetic())
                .map(this::call)
                .min(Comparator.comparing(Call::isCopy)
                        .thenComparingLong(Call::unmatched)
                        .thenComparingInt(
                                each -> each.sources().size() - each.byName().cardinality())
                        .thenComparingInt(each -> -each.sources().size()))
                .orElseThrow();
        call.constructor().setAccessible(true);
    }

    List<JavaType> types() {
        return types;
    }

    /** The fields that are written, those of superclasses first. A field hides one of a superclass. */
    private static List<Field> fields(Class<?> raw) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> at = raw; at != null && UserReaders.isOfUser(at); at = at.getSuperclass()) {
            classes.addFirst(at);
        }
        SequencedMap<String, Field> byName = new LinkedHashMap<>();
        for (Class<?> each : classes) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic()) {
                    field.setAccessible(true);
                    byName.put(field.getName(), field);
                }
            }
        }
        return List.copyOf(byName.values());
    }

    /** Matches parameters to fields by name, and then the rest by type in the order of declaration. */
    private Call call(Constructor<?> constructor) {
        Parameter[] parameters = constructor.getParameters();
        List<Integer> sources = new ArrayList<>();
        BitSet byName = new BitSet();
        for (Parameter parameter : parameters) {
            int named = indexes.getOrDefault(parameter.getName(), -1);
            boolean fits = named >= 0 && takes(parameter, named);
            sources.add(fits ? named : -1);
            if (fits) {
                byName.set(named);
            }
        }
        for (int at = 0; at < parameters.length; at++) {
            Parameter parameter = parameters[at];
            if (sources.get(at) < 0) {
                int found = IntStream.range(0, fields.size())
                        .filter(field -> !sources.contains(field) && takes(parameter, field))
                        .findFirst()
                        .orElse(-1);
                sources.set(at, found);
            }
        }
        return new Call(constructor, sources, byName);
    }

    private boolean takes(Parameter parameter, int field) {
        return boxed(parameter.getType())
                .isAssignableFrom(boxed(types.get(field).getRawClass()));
    }

    private static Class<?> boxed(Class<?> one) {
        return MethodType.methodType(one).wrap().returnType();
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            return context.handleUnexpectedToken(type, parser);
        }
        @Nullable Object[] values = new Object[fields.size()];
        BitSet present = new BitSet();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            Integer at = indexes.get(name);
            if (at == null) {
                return context.reportInputMismatch(
                        type, "%s has no \"%s\"", type.getRawClass().getSimpleName(), name);
            }
            parser.nextToken();
            values[at] = read(at, parser, context);
            present.set(at);
        }
        for (int at = 0; at < values.length; at++) {
            if (!present.get(at) && call.sources().contains(at)) {
                values[at] = absent(at, context);
            }
        }
        return create(values, present, context);
    }

    private @Nullable Object read(int at, JsonParser parser, DeserializationContext context) {
        ValueDeserializer<Object> reader = context.findContextualValueDeserializer(types.get(at), null);
        try {
            return parser.hasToken(JsonToken.VALUE_NULL)
                    ? reader.getNullValue(context)
                    : reader.deserialize(parser, context);
        } catch (RuntimeException e) {
            throw JacksonException.wrapWithPath(
                    e, type.getRawClass(), fields.get(at).getName());
        }
    }

    private @Nullable Object absent(int at, DeserializationContext context) {
        return types.get(at).isPrimitive()
                ? context.reportInputMismatch(
                        type, "\"%s\" is missing", fields.get(at).getName())
                : context.findContextualValueDeserializer(types.get(at), null).getAbsentValue(context);
    }

    private Object create(@Nullable Object[] values, BitSet present, DeserializationContext context) {
        Class<?>[] taken = call.constructor().getParameterTypes();
        @Nullable Object[] arguments = new Object[taken.length];
        for (int at = 0; at < taken.length; at++) {
            int source = call.sources().get(at);
            arguments[at] = source < 0 ? Array.get(Array.newInstance(taken[at], 1), 0) : values[source];
        }
        try {
            Object created = call.constructor().newInstance(arguments);
            for (int at = 0; at < values.length; at++) {
                if (present.get(at) && !call.byName().get(at)) {
                    fields.get(at).set(created, values[at]);
                }
            }
            return created;
        } catch (InvocationTargetException e) {
            return context.handleInstantiationProblem(type.getRawClass(), null, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // unreachable: the class is concrete, and its members are accessible
        }
    }
}
