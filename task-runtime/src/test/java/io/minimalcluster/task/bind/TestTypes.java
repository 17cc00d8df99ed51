package io.minimalcluster.task.bind;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Generators of types and of random values for them. */
final class TestTypes {
    private static final JsonMapper PLAIN = new JsonMapper();

    /** A generic record. */
    record Pair<A, B>(A first, B second) {}

    /** A record as users declare it. */
    record Person(String name, int age, List<String> tags, Optional<Duration> lap, double[] marks) {}

    private TestTypes() {}

    static List<TestType> scalars() {
        return Stream.of(numbers(), texts(), times()).flatMap(List::stream).toList();
    }

    private static List<TestType> numbers() {
        return List.of(
                TestType.of(byte.class, whole(Byte.SIZE)),
                TestType.of(short.class, whole(Short.SIZE)),
                TestType.of(int.class, whole(Integer.SIZE)),
                TestType.of(long.class, whole(Long.SIZE)),
                TestType.of(float.class, random -> floating(Float.intBitsToFloat(random.nextInt()))),
                TestType.of(double.class, random -> floating(Double.longBitsToDouble(random.nextLong()))),
                TestType.of(Byte.class, orNull(whole(Byte.SIZE))),
                TestType.of(Short.class, orNull(whole(Short.SIZE))),
                TestType.of(Integer.class, orNull(whole(Integer.SIZE))),
                TestType.of(Long.class, orNull(whole(Long.SIZE))),
                TestType.of(Float.class, orNull(random -> floating(Float.intBitsToFloat(random.nextInt())))),
                TestType.of(Double.class, orNull(random -> floating(Double.longBitsToDouble(random.nextLong())))),
                TestType.of(
                        BigInteger.class,
                        orNull(random -> whole(1 + random.nextInt(4000)).apply(random))),
                TestType.of(BigDecimal.class, orNull(TestTypes::decimal)),
                TestType.of(OptionalInt.class, orNull(whole(Integer.SIZE))),
                TestType.of(OptionalLong.class, orNull(whole(Long.SIZE))),
                TestType.of(OptionalDouble.class, orNull(random -> Double.toString(random.nextGaussian()))));
    }

    private static List<TestType> texts() {
        return List.of(
                TestType.of(boolean.class, random -> Boolean.toString(random.nextBoolean())),
                TestType.of(Boolean.class, orNull(random -> Boolean.toString(random.nextBoolean()))),
                TestType.of(char.class, random -> PLAIN.writeValueAsString(Character.toString(random.nextInt(0xd800)))),
                TestType.of(String.class, orNull(random -> PLAIN.writeValueAsString(text(random)))),
                TestType.of(CharSequence.class, random -> PLAIN.writeValueAsString(text(random))),
                TestType.of(UUID.class, orNull(random -> quoted(new UUID(random.nextLong(), random.nextLong())))),
                TestType.of(
                        DayOfWeek.class,
                        orNull(random ->
                                quoted(DayOfWeek.of(1 + random.nextInt(7)).name()))));
    }

    private static List<TestType> times() {
        Function<Random, Instant> instant = random -> Instant.ofEpochSecond(
                random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
        Function<Random, ZoneOffset> offset =
                random -> ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 3600, 18 * 3600 + 1));
        Function<Random, LocalDateTime> local =
                random -> LocalDateTime.ofInstant(instant.apply(random), ZoneOffset.UTC);
        List<ZoneId> zones = List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("America/Caracas"), ZoneOffset.UTC);
        return List.of(
                time(Instant.class, instant),
                time(LocalDateTime.class, local),
                time(LocalDate.class, random -> local.apply(random).toLocalDate()),
                time(LocalTime.class, random -> local.apply(random).toLocalTime()),
                time(OffsetDateTime.class, random -> local.apply(random).atOffset(offset.apply(random))),
                time(
                        OffsetTime.class,
                        random -> local.apply(random).toLocalTime().atOffset(offset.apply(random))),
                time(ZonedDateTime.class, random -> instant.apply(random).atZone(zones.get(random.nextInt(3)))),
                time(Duration.class, random -> Duration.ofSeconds(random.nextLong(), random.nextInt(1_000_000_000))),
                time(Period.class, random -> Period.of(random.nextInt(), random.nextInt(), random.nextInt())),
                time(Year.class, random -> Year.of(random.nextInt(-9999, 10_000))),
                time(YearMonth.class, random -> YearMonth.of(random.nextInt(-9999, 10_000), 1 + random.nextInt(12))),
                time(MonthDay.class, random -> MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28))),
                time(ZoneId.class, random -> zones.get(random.nextInt(3))),
                time(ZoneOffset.class, offset));
    }

    private static <T> TestType time(Class<T> type, Function<Random, ? extends T> value) {
        return TestType.of(type, orNull(random -> quoted(value.apply(random))));
    }

    /** A random type of at most {@code depth} levels. */
    static TestType nested(Random random, int depth) {
        List<TestType> scalars = scalars();
        TestType leaf = scalars.get(random.nextInt(scalars.size()));
        if (depth == 0) {
            return leaf;
        }
        Supplier<TestType> inner = () -> nested(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> array(inner.get());
            case 1 -> list(boxed(inner.get()), random);
            case 2 -> set(boxed(inner.get()));
            case 3 -> map(boxed(inner.get()), random);
            case 4 -> optional(boxed(inner.get()));
            case 5 -> pair(boxed(inner.get()), boxed(inner.get()));
            case 6 -> TestType.of(Person.class, TestTypes::person);
            default -> leaf;
        };
    }

    /** The type as a type argument: primitives are replaced by their wrappers. */
    private static TestType boxed(TestType kind) {
        Class<?> box = MethodType.methodType(kind.raw()).wrap().returnType();
        return kind.raw().isPrimitive() ? TestType.of(box, kind.json()) : kind;
    }

    static TestType array(TestType element) {
        Class<?> raw = Array.newInstance(element.raw(), 0).getClass();
        Type type = element.type() instanceof Class<?> ? raw : (GenericArrayType) element::type;
        return new TestType(type, raw, random -> several(element, random));
    }

    private static TestType list(TestType element, Random random) {
        List<Class<?>> types = List.of(
                List.class,
                Collection.class,
                ArrayList.class,
                LinkedList.class,
                Deque.class,
                ArrayDeque.class,
                Iterable.class);
        Class<?> raw = types.get(random.nextInt(types.size()));
        boolean takesNull = !Deque.class.isAssignableFrom(raw) || raw == LinkedList.class;
        return generic(
                raw,
                List.of(element),
                values -> takesNull ? several(element, values) : severalNonNull(element, values));
    }

    /** A set with at most one element, because the order of a set may change. */
    private static TestType set(TestType element) {
        return generic(
                Set.class, List.of(element), random -> random.nextBoolean() ? "[]" : "[" + element.json(random) + "]");
    }

    private static TestType map(TestType value, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> entries(Map.class, String.class, value, TestTypes::text);
            case 1 -> entries(SortedMap.class, Integer.class, value, keys -> Integer.toString(keys.nextInt()));
            case 2 ->
                entries(
                        LinkedHashMap.class,
                        LocalDate.class,
                        value,
                        keys -> LocalDate.ofEpochDay(keys.nextInt(90_000)).toString());
            default ->
                entries(
                        EnumMap.class,
                        DayOfWeek.class,
                        value,
                        keys -> DayOfWeek.of(1 + keys.nextInt(7)).name());
        };
    }

    private static TestType entries(Class<?> raw, Class<?> key, TestType value, Function<Random, String> keys) {
        return generic(raw, List.of(TestType.of(key, keys), value), random -> {
            Set<String> names = new LinkedHashSet<>();
            IntStream.range(0, random.nextInt(4)).forEach(_ -> names.add(keys.apply(random)));
            return names.stream()
                    .map(name -> PLAIN.writeValueAsString(name) + ":" + value.json(random))
                    .collect(Collectors.joining(",", "{", "}"));
        });
    }

    private static TestType optional(TestType value) {
        return generic(Optional.class, List.of(value), value.json());
    }

    private static TestType pair(TestType first, TestType second) {
        return generic(
                Pair.class,
                List.of(first, second),
                random -> "{\"first\":" + first.json(random) + ",\"second\":" + second.json(random) + "}");
    }

    private static String person(Random random) {
        return "{\"name\":%s,\"age\":%d,\"tags\":[\"a\"],\"lap\":%s,\"marks\":[%s]}"
                .formatted(
                        PLAIN.writeValueAsString(text(random)),
                        random.nextInt(),
                        random.nextBoolean() ? "null" : "\"PT1M\"",
                        Double.toString(random.nextGaussian()));
    }

    private static TestType generic(Class<?> raw, List<TestType> arguments, Function<Random, String> json) {
        return new TestType(
                new Generic(raw, arguments.stream().map(TestType::type).toList()), raw, json);
    }

    /** A parameterized type. */
    private record Generic(Class<?> raw, List<Type> arguments) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return raw.getDeclaringClass();
        }

        @Override
        public String toString() {
            return raw.getSimpleName()
                    + arguments.stream().map(Type::getTypeName).collect(Collectors.joining(",", "<", ">"));
        }
    }

    private static String several(TestType element, Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> element.json(random))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String severalNonNull(TestType element, Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> element.json(random))
                .filter(json -> !json.equals("null"))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Integers of up to {@code bits} bits, with a high share of the bounds. */
    private static Function<Random, String> whole(int bits) {
        return random -> switch (random.nextInt(8)) {
            case 0 -> BigInteger.TWO.pow(bits - 1).negate().toString();
            case 1 -> BigInteger.TWO.pow(bits - 1).subtract(BigInteger.ONE).toString();
            case 2 -> "0";
            default ->
                new BigInteger(random.nextInt(bits), random)
                        .multiply(random.nextBoolean() ? BigInteger.ONE : BigInteger.ONE.negate())
                        .toString();
        };
    }

    private static String floating(double value) {
        return Double.isFinite(value) ? Double.toString(value) : quoted(Double.toString(value));
    }

    private static String floating(float value) {
        return Float.isFinite(value) ? Float.toString(value) : quoted(Float.toString(value));
    }

    private static String decimal(Random random) {
        return new BigDecimal(new BigInteger(1 + random.nextInt(300), random), random.nextInt(-40, 400)).toString();
    }

    /** Text with control characters, quotes and characters outside the basic multilingual plane. */
    private static String text(Random random) {
        int[] points = IntStream.range(0, random.nextInt(12))
                .map(_ -> random.nextInt(random.nextBoolean() ? 128 : Character.MAX_CODE_POINT))
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .toArray();
        return new String(points, 0, points.length);
    }

    private static Function<Random, String> orNull(Function<Random, String> json) {
        return random -> random.nextInt(12) == 0 ? "null" : json.apply(random);
    }

    private static String quoted(Object value) {
        return "\"" + value + "\"";
    }
}
