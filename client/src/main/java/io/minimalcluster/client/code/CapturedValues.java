package io.minimalcluster.client.code;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The captured values of a function, as the members of one object. Only records and plain values can be sent. */
final class CapturedValues {
    private static final Set<Class<?>> PLAIN = Set.of(
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class);

    private CapturedValues() {}

    static String member(int at) {
        return "c" + at;
    }

    /**
     * The values by the names of their members.
     *
     * @param types the types of the values in the method
     * @throws FunctionRefusedException if a value cannot be sent
     */
    static Map<String, @Nullable Object> of(FunctionReference function, List<Class<?>> types) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int at = 0; at < types.size(); at++) {
            Class<?> type = types.get(at);
            if (!isPlain(type, new HashSet<>())) {
                throw new FunctionRefusedException(function.text() + " captures a " + type.getName()
                        + ", which can't be sent: capture numbers, strings, enums, times, records of such values or"
                        + " arrays of them; put a collection into a record, which keeps the type of its elements");
            }
            members.put(member(at), function.captured().get(at));
        }
        return members;
    }

    private static boolean isPlain(Type type, Set<Type> within) {
        return switch (type) {
            case Class<?> one ->
                one.isArray()
                        ? isPlain(one.getComponentType(), within)
                        : one.isPrimitive()
                                || PLAIN.contains(one)
                                || one.isEnum()
                                || isTime(one)
                                || isPlainRecord(one, within);
            case ParameterizedType generic ->
                generic.getRawType() instanceof Class<?> raw
                        && (Collection.class.isAssignableFrom(raw)
                                || Map.class.isAssignableFrom(raw)
                                || raw == Optional.class
                                || raw.isRecord())
                        && Arrays.stream(generic.getActualTypeArguments()).allMatch(each -> isPlain(each, within));
            case GenericArrayType array -> isPlain(array.getGenericComponentType(), within);
            default -> false;
        };
    }

    /** Whether a class of {@code java.time} has values; a clock has none. */
    private static boolean isTime(Class<?> type) {
        return type.getPackageName().equals("java.time")
                && Stream.of(TemporalAccessor.class, TemporalAmount.class, ZoneId.class)
                        .anyMatch(each -> each.isAssignableFrom(type));
    }

    private static boolean isPlainRecord(Class<?> type, Set<Type> within) {
        return type.isRecord()
                && type.getTypeParameters().length == 0
                && (!within.add(type)
                        || Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getGenericType)
                                .allMatch(each -> isPlain(each, within)));
    }
}
