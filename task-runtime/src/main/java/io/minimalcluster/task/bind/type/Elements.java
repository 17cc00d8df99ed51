package io.minimalcluster.task.bind.type;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
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
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.type.TypeFactory;

/** Types of the JDK that are no collections and whose JSON is an array of their elements. */
final class Elements {
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

    private Elements() {}

    static boolean isIterator(Class<?> type) {
        return Iterator.class.isAssignableFrom(type)
                || BaseStream.class.isAssignableFrom(type)
                || Enumeration.class.isAssignableFrom(type);
    }

    static @Nullable ValueDeserializer<?> deserializer(JavaType type, TypeFactory types) {
        Class<?> raw = type.getRawClass();
        Function<List<?>, Object> ofList = OF_LIST.get(raw);
        if (ofList != null) {
            JavaType list = types.constructCollectionType(List.class, type.containedTypeOrUnknown(0));
            return new Converting(type, list, elements -> ofList.apply((List<?>) elements));
        }
        Class<?> array = ARRAYS.get(raw);
        return array == null
                ? null
                : new Converting(
                        type,
                        types.constructType(array),
                        elements -> raw == BitSet.class
                                ? bits((int[]) elements)
                                : ofArray(elements, BaseStream.class.isAssignableFrom(raw)));
    }

    /** Reads another type and converts its value. */
    static final class Converting extends StdDeserializer<Object> {
        private final JavaType source;
        private final Function<Object, Object> conversion;

        Converting(JavaType type, JavaType source, Function<Object, Object> conversion) {
            super(type);
            this.source = source;
            this.conversion = conversion;
        }

        JavaType source() {
            return source;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            return conversion.apply(
                    context.findContextualValueDeserializer(source, null).deserialize(parser, context));
        }
    }

    private static Object ofArray(Object array, boolean stream) {
        BaseStream<?, ?> elements = switch (array) {
            case int[] ints -> Arrays.stream(ints);
            case long[] longs -> Arrays.stream(longs);
            default -> Arrays.stream((double[]) array);
        };
        return stream ? elements : elements.iterator();
    }

    private static BitSet bits(int[] indexes) {
        BitSet bits = new BitSet();
        for (int index : indexes) {
            if (index < 0) {
                throw new ArgumentMismatch("a BitSet takes indexes from 0, not " + index);
            }
            bits.set(index);
        }
        return bits;
    }

    /** The elements of an object that has any, in their order. */
    static @Nullable Iterator<?> of(Object value) {
        return switch (value) {
            case Iterator<?> iterator -> iterator;
            case BaseStream<?, ?> stream -> stream.iterator();
            case Enumeration<?> enumeration -> enumeration.asIterator();
            case Iterable<?> iterable -> iterable.iterator();
            case BitSet bits -> bits.stream().iterator();
            default -> null;
        };
    }
}
