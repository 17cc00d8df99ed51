package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

/** Method handles {@code (ValueWriter, type) → void} that write results. */
final class WriterHandles {
    private static final Map<Class<?>, String> PRIMITIVES = Map.of(
            long.class, "writeLong",
            int.class, "writeInt",
            short.class, "writeShort",
            byte.class, "writeByte",
            double.class, "writeDouble",
            float.class, "writeFloat",
            boolean.class, "writeBoolean",
            char.class, "writeChar");

    private WriterHandles() {}

    /** Composes a function with the writer of its result: {@code (ValueWriter, parameters…) → void}. */
    static MethodHandle after(MethodHandle function) {
        return MethodHandles.collectArguments(writer(function.type().returnType()), 1, function);
    }

    private static MethodHandle writer(Class<?> type) {
        if (type == void.class) {
            return BindingHandles.ofInstance(ValueWriter.class, "writeNull", void.class);
        }
        String primitive = PRIMITIVES.get(type);
        if (primitive != null) {
            return BindingHandles.ofInstance(ValueWriter.class, primitive, void.class, type);
        }
        return BindingHandles.ofInstance(ValueWriter.class, "writeObject", void.class, Object.class)
                .asType(MethodType.methodType(void.class, ValueWriter.class, type));
    }
}
