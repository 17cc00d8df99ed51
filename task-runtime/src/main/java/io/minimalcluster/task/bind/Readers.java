package io.minimalcluster.task.bind;

import static java.util.Map.entry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way from JSON to a type: a handle of {@code (Element) → type}. */
final class Readers {
    private static final MethodHandle IS_NULL = Handles.ofInstance(Element.class, "isNull", boolean.class);
    private static final MethodHandle READ = Handles.ofInstance(FromJson.class, "read", Object.class, Element.class);

    /** By the name of a method of {@link Scalars}, which all refuse null. */
    private static final Map<Type, String> SCALARS = Map.ofEntries(
            entry(long.class, "toLong"),
            entry(int.class, "toInt"),
            entry(short.class, "toShort"),
            entry(byte.class, "toByte"),
            entry(double.class, "toDouble"),
            entry(float.class, "toFloat"),
            entry(boolean.class, "toBoolean"),
            entry(char.class, "toChar"),
            entry(BigInteger.class, "toBigInteger"),
            entry(BigDecimal.class, "toBigDecimal"));

    private static final Map<Type, String> ARRAYS = Map.of(
            long[].class, "toLongs",
            int[].class, "toInts",
            short[].class, "toShorts",
            byte[].class, "toBytes",
            double[].class, "toDoubles",
            float[].class, "toFloats",
            boolean[].class, "toBooleans",
            char[].class, "toChars");

    private Readers() {}

    static MethodHandle of(Type type) {
        if (type instanceof Class<?> simple) {
            MethodHandle direct = direct(simple);
            if (direct != null) {
                return direct;
            }
        }
        return READ.bindTo(FromJson.of(type));
    }

    private static @Nullable MethodHandle direct(Class<?> type) {
        if (type == String.class) {
            return Handles.ofStatic(Texts.class, "toText", String.class, Element.class);
        }
        String array = ARRAYS.get(type);
        if (array != null) {
            return Handles.ofStatic(PrimitiveArrays.class, array, type, Element.class);
        }
        Class<?> unboxed = MethodType.methodType(type).unwrap().returnType();
        String scalar = SCALARS.get(unboxed);
        if (scalar == null) {
            return null;
        }
        MethodHandle reader = Handles.ofStatic(Scalars.class, scalar, unboxed, Element.class);
        return type.isPrimitive() ? reader : orNull(reader.asType(MethodType.methodType(type, Element.class)));
    }

    private static MethodHandle orNull(MethodHandle reader) {
        MethodHandle none =
                MethodHandles.dropArguments(MethodHandles.constant(reader.type().returnType(), null), 0, Element.class);
        return MethodHandles.guardWithTest(IS_NULL, none, reader);
    }
}
