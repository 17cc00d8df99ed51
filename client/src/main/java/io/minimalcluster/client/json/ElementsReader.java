package io.minimalcluster.client.json;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.function.Function;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.type.TypeFactory;

/** Reads a type of the JDK that is no collection and whose JSON is an array of its elements. */
final class ElementsReader extends StdDeserializer<Object> {
    private static final Map<Class<?>, Function<List<?>, Object>> OF_LIST = Map.of(
            Iterator.class, List::iterator,
            ListIterator.class, List::listIterator,
            Enumeration.class, Collections::enumeration,
            Stream.class, List::stream,
            BaseStream.class, List::stream);

    private static final Map<Class<?>, Class<?>> ARRAYS = Map.of(
            BitSet.class, int[].class,
            IntStream.class, int[].class,
            LongStream.class, long[].class,
            DoubleStream.class, double[].class,
            PrimitiveIterator.OfInt.class, int[].class,
            PrimitiveIterator.OfLong.class, long[].class,
            PrimitiveIterator.OfDouble.class, double[].class);

    private final JavaType elements;
    private final transient Function<Object, Object> conversion;

    private ElementsReader(JavaType type, JavaType elements, Function<Object, Object> conversion) {
        super(type);
        this.elements = elements;
        this.conversion = conversion;
    }

    /** The reader of a type; null if it is no such type. */
    static @Nullable ElementsReader of(JavaType type, TypeFactory types) {
        Class<?> raw = type.getRawClass();
        Function<List<?>, Object> ofList = OF_LIST.get(raw);
        if (ofList != null) {
            JavaType list = types.constructCollectionType(List.class, type.containedTypeOrUnknown(0));
            return new ElementsReader(type, list, all -> ofList.apply((List<?>) all));
        }
        Class<?> array = ARRAYS.get(raw);
        return array == null ? null : new ElementsReader(type, types.constructType(array), all -> ofArray(all, raw));
    }

    private static Object ofArray(Object array, Class<?> raw) {
        if (raw == BitSet.class) {
            BitSet bits = new BitSet();
            Arrays.stream((int[]) array).forEach(bits::set);
            return bits;
        }
        BaseStream<?, ?> stream = switch (array) {
            case int[] ints -> Arrays.stream(ints);
            case long[] longs -> Arrays.stream(longs);
            default -> Arrays.stream((double[]) array);
        };
        return BaseStream.class.isAssignableFrom(raw) ? stream : stream.iterator();
    }

    /** The type of the list or array that is read. */
    JavaType elements() {
        return elements;
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        return conversion.apply(
                context.findContextualValueDeserializer(elements, null).deserialize(parser, context));
    }
}
