package io.minimalcluster.task.bind;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Type;
import java.util.Map;

/** The way from a number of a range to a type: a handle of {@code (long) → type}, without JSON where that can be. */
final class RangeReaders {
    static final MethodHandle AS_ELEMENT = Handles.ofStatic(RangeReaders.class, "element", Element.class, long.class);

    private static final Map<Type, String> DIRECT = Map.of(
            long.class, "rangeToLong",
            int.class, "rangeToInt",
            short.class, "rangeToShort",
            byte.class, "rangeToByte",
            double.class, "rangeToDouble",
            float.class, "rangeToFloat");

    private RangeReaders() {}

    static MethodHandle of(Type type) {
        String direct = DIRECT.get(type);
        if (direct != null) {
            return Handles.ofStatic(Scalars.class, direct, (Class<?>) type, long.class);
        }
        return through(Readers.of(type));
    }

    /** Any other type reads the number as it would read it from JSON. */
    static MethodHandle through(MethodHandle reader) {
        return MethodHandles.filterArguments(reader, 0, AS_ELEMENT);
    }

    static Element element(long value) {
        return Element.of(Long.toString(value));
    }
}
