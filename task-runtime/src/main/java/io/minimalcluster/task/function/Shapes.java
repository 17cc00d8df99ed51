package io.minimalcluster.task.function;

import static java.util.Map.entry;

import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.Shape.Kind;
import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Derives from a Java type the outermost kind of JSON that fits it. */
final class Shapes {
    private static final Map<Class<?>, Shape> NUMBERS = Map.of(
            long.class, whole(Long.MIN_VALUE, Long.MAX_VALUE),
            int.class, whole(Integer.MIN_VALUE, Integer.MAX_VALUE),
            short.class, whole(Short.MIN_VALUE, Short.MAX_VALUE),
            byte.class, whole(Byte.MIN_VALUE, Byte.MAX_VALUE),
            double.class, of(Kind.FLOAT),
            float.class, of(Kind.FLOAT),
            boolean.class, of(Kind.BOOLEAN),
            char.class, of(Kind.STRING));

    private static final Map<Class<?>, Shape> KNOWN = Map.ofEntries(
            entry(BigInteger.class, of(Kind.INTEGER)),
            entry(BigDecimal.class, of(Kind.DECIMAL)),
            entry(Number.class, of(Kind.FLOAT)),
            entry(AtomicInteger.class, whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            entry(AtomicLong.class, whole(Long.MIN_VALUE, Long.MAX_VALUE)),
            entry(AtomicBoolean.class, of(Kind.BOOLEAN)),
            entry(String.class, of(Kind.STRING)),
            entry(CharSequence.class, of(Kind.STRING)),
            entry(UUID.class, of(Kind.STRING)),
            entry(BitSet.class, of(Kind.ARRAY)),
            entry(OptionalInt.class, whole(Integer.MIN_VALUE, Integer.MAX_VALUE)),
            entry(OptionalLong.class, whole(Long.MIN_VALUE, Long.MAX_VALUE)),
            entry(OptionalDouble.class, of(Kind.FLOAT)));

    private Shapes() {}

    static Shape of(Type type) {
        Class<?> raw = Erasure.of(type);
        if (raw.isPrimitive()) {
            return known(NUMBERS, raw);
        }
        if (raw == Optional.class) {
            return nullable(optional(type));
        }
        Class<?> primitive = MethodType.methodType(raw).unwrap().returnType();
        return nullable(primitive.isPrimitive() ? known(NUMBERS, primitive) : reference(type, raw));
    }

    private static Shape reference(Type type, Class<?> raw) {
        if (UnreadableTypes.contain(type)) {
            return of(Kind.NONE);
        }
        if (KNOWN.containsKey(raw)) {
            return known(KNOWN, raw);
        }
        if (raw.isArray() || type instanceof GenericArrayType || Collection.class.isAssignableFrom(raw)) {
            return of(Kind.ARRAY);
        }
        if (Map.class.isAssignableFrom(raw)) {
            return of(Kind.OBJECT);
        }
        if (raw.isRecord()) {
            return record(raw);
        }
        return raw.isEnum() || isText(raw) ? of(Kind.STRING) : other(raw);
    }

    /** Whether a type of {@code java.time} is read from a string. Of its abstract classes only {@code ZoneId} is. */
    private static boolean isText(Class<?> type) {
        return type.getPackageName().equals("java.time") && !type.isInterface() && type != java.time.Clock.class;
    }

    /** A user class is read from an object; the JSON of JDK classes is unknown. */
    private static Shape other(Class<?> type) {
        boolean ofJdk = type.getModule().isNamed();
        return ofJdk || Modifier.isAbstract(type.getModifiers()) ? of(Kind.ANY) : of(Kind.OBJECT);
    }

    private static Shape optional(Type type) {
        return type instanceof ParameterizedType generic ? of(generic.getActualTypeArguments()[0]) : of(Kind.ANY);
    }

    private static Shape known(Map<Class<?>, Shape> shapes, Class<?> type) {
        @Nullable Shape shape = shapes.get(type);
        return shape == null ? of(Kind.ANY) : shape;
    }

    private static Shape nullable(Shape shape) {
        return new Shape(shape.kind(), true, shape.min(), shape.max(), shape.members());
    }

    private static Shape record(Class<?> type) {
        try {
            List<String> members = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            return new Shape(Kind.OBJECT, false, null, null, members);
        } catch (LinkageError | TypeNotPresentException _) {
            return of(Kind.OBJECT); // the class of a component is absent
        }
    }

    private static Shape of(Kind kind) {
        return new Shape(kind, false, null, null);
    }

    private static Shape whole(long min, long max) {
        return new Shape(Kind.INTEGER, false, BigInteger.valueOf(min), BigInteger.valueOf(max));
    }
}
