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

/** Method handles {@code (JsonElement) → type} that read JSON. */
final class ReaderHandles {
    private static final MethodHandle IS_NULL = BindingHandles.ofInstance(JsonElement.class, "isNull", boolean.class);
    private static final MethodHandle READ =
            BindingHandles.ofInstance(JacksonReader.class, "read", Object.class, JsonElement.class);

    /** Methods of {@link ScalarReader} by type; all of them reject null. */
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

    private ReaderHandles() {}

    static MethodHandle of(Type type) {
        if (type instanceof Class<?> simple) {
            MethodHandle direct = direct(simple);
            if (direct != null) {
                return direct;
            }
        }
        return READ.bindTo(JacksonReader.of(type));
    }

    private static @Nullable MethodHandle direct(Class<?> type) {
        if (type == String.class) {
            return BindingHandles.ofStatic(JsonStringReader.class, "toText", String.class, JsonElement.class);
        }
        String array = ARRAYS.get(type);
        if (array != null) {
            return BindingHandles.ofStatic(PrimitiveArrayReader.class, array, type, JsonElement.class);
        }
        Class<?> unboxed = MethodType.methodType(type).unwrap().returnType();
        String scalar = SCALARS.get(unboxed);
        if (scalar == null) {
            return null;
        }
        MethodHandle reader = BindingHandles.ofStatic(ScalarReader.class, scalar, unboxed, JsonElement.class);
        return type.isPrimitive() ? reader : orNull(reader.asType(MethodType.methodType(type, JsonElement.class)));
    }

    private static MethodHandle orNull(MethodHandle reader) {
        MethodHandle none = MethodHandles.dropArguments(
                MethodHandles.constant(reader.type().returnType(), null), 0, JsonElement.class);
        return MethodHandles.guardWithTest(IS_NULL, none, reader);
    }
}
