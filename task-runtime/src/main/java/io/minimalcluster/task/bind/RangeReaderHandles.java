package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Type;
import java.util.Map;

/** The way from a number of a range to a type: a handle of {@code (long) → type}, without JSON where that can be. */
final class RangeReaderHandles {
    static final MethodHandle AS_ELEMENT =
            BindingHandles.ofStatic(RangeReaderHandles.class, "element", JsonElement.class, long.class);

    private static final Map<Type, String> DIRECT = Map.of(
            long.class, "rangeToLong",
            int.class, "rangeToInt",
            short.class, "rangeToShort",
            byte.class, "rangeToByte",
            double.class, "rangeToDouble",
            float.class, "rangeToFloat");

    private RangeReaderHandles() {}

    static MethodHandle of(Type type) {
        String direct = DIRECT.get(type);
        if (direct != null) {
            return BindingHandles.ofStatic(ScalarReader.class, direct, (Class<?>) type, long.class);
        }
        return through(ReaderHandles.of(type));
    }

    /** Any other type reads the number as it would read it from JSON. */
    static MethodHandle through(MethodHandle reader) {
        return MethodHandles.filterArguments(reader, 0, AS_ELEMENT);
    }

    static JsonElement element(long value) {
        return JsonElement.of(Long.toString(value));
    }
}
