package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Type;
import java.util.Map;

/** Method handles {@code (long) → type} that convert a number of a range, without JSON where possible. */
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
        return viaJson(ReaderHandles.of(type));
    }

    /** Converts the number to JSON text and reads that text. */
    static MethodHandle viaJson(MethodHandle reader) {
        return MethodHandles.filterArguments(reader, 0, AS_ELEMENT);
    }

    static JsonElement element(long value) {
        return JsonElement.of(Long.toString(value));
    }
}
