package io.minimalcluster.task.bind;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads arrays of primitives, element by element, straight from the bytes. */
final class PrimitiveArrays {
    static final List<Class<?>> TYPES = List.of(
            long[].class,
            int[].class,
            short[].class,
            byte[].class,
            double[].class,
            float[].class,
            boolean[].class,
            char[].class);

    private PrimitiveArrays() {}

    static long @Nullable [] toLongs(Element array) {
        return array.isNull() ? null : fill(array, new long[count(array)], (to, at, e) -> to[at] = Scalars.toLong(e));
    }

    static int @Nullable [] toInts(Element array) {
        return array.isNull() ? null : fill(array, new int[count(array)], (to, at, e) -> to[at] = Scalars.toInt(e));
    }

    static short @Nullable [] toShorts(Element array) {
        return array.isNull() ? null : fill(array, new short[count(array)], (to, at, e) -> to[at] = Scalars.toShort(e));
    }

    static byte @Nullable [] toBytes(Element array) {
        return array.isNull() ? null : fill(array, new byte[count(array)], (to, at, e) -> to[at] = Scalars.toByte(e));
    }

    static double @Nullable [] toDoubles(Element array) {
        return array.isNull()
                ? null
                : fill(array, new double[count(array)], (to, at, e) -> to[at] = Scalars.toDouble(e));
    }

    static float @Nullable [] toFloats(Element array) {
        return array.isNull() ? null : fill(array, new float[count(array)], (to, at, e) -> to[at] = Scalars.toFloat(e));
    }

    static boolean @Nullable [] toBooleans(Element array) {
        return array.isNull()
                ? null
                : fill(array, new boolean[count(array)], (to, at, e) -> to[at] = Scalars.toBoolean(e));
    }

    static char @Nullable [] toChars(Element array) {
        return array.isNull() ? null : fill(array, new char[count(array)], (to, at, e) -> to[at] = Scalars.toChar(e));
    }

    private interface Slot<A> {
        void read(A to, int at, Element element);
    }

    private static int count(Element array) {
        if (array.first() != '[') {
            throw Scalars.needs("an array is needed", array);
        }
        return Elements.ofArray(array).count();
    }

    private static <A> A fill(Element array, A to, Slot<A> slot) {
        Elements elements = Elements.ofArray(array);
        Element element = new Element();
        for (int at = 0; elements.next(element); at++) {
            try {
                slot.read(to, at, element);
            } catch (Misfit e) {
                throw e.within("[" + at + "]");
            }
        }
        return to;
    }
}
