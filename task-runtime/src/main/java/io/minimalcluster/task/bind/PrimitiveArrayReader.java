package io.minimalcluster.task.bind;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import org.jspecify.annotations.Nullable;

/** Reads arrays of primitives directly from the JSON bytes. */
final class PrimitiveArrayReader {
    private PrimitiveArrayReader() {}

    static long @Nullable [] toLongs(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new long[count(array)], (to, at, e) -> to[at] = ScalarReader.toLong(e));
    }

    static int @Nullable [] toInts(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new int[count(array)], (to, at, e) -> to[at] = ScalarReader.toInt(e));
    }

    static short @Nullable [] toShorts(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new short[count(array)], (to, at, e) -> to[at] = ScalarReader.toShort(e));
    }

    static byte @Nullable [] toBytes(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new byte[count(array)], (to, at, e) -> to[at] = ScalarReader.toByte(e));
    }

    static double @Nullable [] toDoubles(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new double[count(array)], (to, at, e) -> to[at] = ScalarReader.toDouble(e));
    }

    static float @Nullable [] toFloats(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new float[count(array)], (to, at, e) -> to[at] = ScalarReader.toFloat(e));
    }

    static boolean @Nullable [] toBooleans(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new boolean[count(array)], (to, at, e) -> to[at] = ScalarReader.toBoolean(e));
    }

    static char @Nullable [] toChars(JsonElement array) {
        return array.isNull()
                ? null
                : fill(array, new char[count(array)], (to, at, e) -> to[at] = ScalarReader.toChar(e));
    }

    private interface ElementReader<A> {
        void read(A to, int at, JsonElement element);
    }

    private static int count(JsonElement array) {
        if (array.first() != '[') {
            throw ScalarReader.mismatch("an array is needed", array);
        }
        return JsonElements.ofArray(array).count();
    }

    private static <A> A fill(JsonElement array, A to, ElementReader<A> reader) {
        JsonElements elements = JsonElements.ofArray(array);
        JsonElement element = new JsonElement();
        for (int at = 0; elements.next(element); at++) {
            try {
                reader.read(to, at, element);
            } catch (ArgumentMismatch e) {
                throw e.within("[" + at + "]");
            }
        }
        return to;
    }
}
