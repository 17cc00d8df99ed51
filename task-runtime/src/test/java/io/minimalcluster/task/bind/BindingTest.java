package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.error.ResultTooLargeException;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading, writing and rejection of every parameter type. Each function returns its argument. */
@SuppressWarnings({"unused", "UnusedMethod", "EffectivelyPrivate"}) // called by name
class BindingTest {
    private final TestFunctions functions = new TestFunctions(BindingTest.class);

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grass";
            }
        }
    }

    record Point(double x, double y) {}

    record Tagged(
            String name,
            int level,
            @Nullable Point at,
            List<Point> path,
            Optional<Long> size,
            @Nullable Integer rank) {}

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("must be positive");
            }
        }
    }

    record Exact(BigDecimal d, BigInteger i, long l, char c, byte[] bytes, char[] chars, float f) {}

    record Pair<A, B>(A a, B b) {}

    record Nothing() {}

    static class Mutable {
        int count;
        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    static class Celsius {
        final double degrees;

        Celsius(double degrees) {
            this.degrees = degrees;
        }
    }

    sealed interface Shape permits Circle {}

    record Circle(double r) implements Shape {}

    static class Knot {
        public Knot self = this;
    }

    record Link(List<Object> next) {}

    static int anInt(int x) {
        return x;
    }

    static long aLong(long x) {
        return x;
    }

    static short aShort(short x) {
        return x;
    }

    static byte aByte(byte x) {
        return x;
    }

    static double aDouble(double x) {
        return x;
    }

    static float aFloat(float x) {
        return x;
    }

    static boolean aBoolean(boolean x) {
        return x;
    }

    static char aChar(char x) {
        return x;
    }

    static @Nullable Integer boxedInt(@Nullable Integer x) {
        return x;
    }

    static @Nullable Long boxedLong(@Nullable Long x) {
        return x;
    }

    static @Nullable Short boxedShort(@Nullable Short x) {
        return x;
    }

    static @Nullable Byte boxedByte(@Nullable Byte x) {
        return x;
    }

    static @Nullable Double boxedDouble(@Nullable Double x) {
        return x;
    }

    static @Nullable Float boxedFloat(@Nullable Float x) {
        return x;
    }

    static @Nullable Boolean boxedBoolean(@Nullable Boolean x) {
        return x;
    }

    static @Nullable Character boxedChar(@Nullable Character x) {
        return x;
    }

    static @Nullable String text(@Nullable String x) {
        return x;
    }

    static BigInteger bigInteger(BigInteger x) {
        return x;
    }

    static BigDecimal bigDecimal(BigDecimal x) {
        return x;
    }

    static Colour colour(Colour x) {
        return x;
    }

    static DayOfWeek day(DayOfWeek x) {
        return x;
    }

    static UUID uuid(UUID x) {
        return x;
    }

    static Instant instant(Instant x) {
        return x;
    }

    static LocalDate date(LocalDate x) {
        return x;
    }

    static LocalTime time(LocalTime x) {
        return x;
    }

    static LocalDateTime dateTime(LocalDateTime x) {
        return x;
    }

    static OffsetTime offsetTime(OffsetTime x) {
        return x;
    }

    static OffsetDateTime offsetDateTime(OffsetDateTime x) {
        return x;
    }

    static ZonedDateTime zonedDateTime(ZonedDateTime x) {
        return x;
    }

    static Duration duration(Duration x) {
        return x;
    }

    static Period period(Period x) {
        return x;
    }

    static Year year(Year x) {
        return x;
    }

    static YearMonth yearMonth(YearMonth x) {
        return x;
    }

    static MonthDay monthDay(MonthDay x) {
        return x;
    }

    static ZoneId zone(ZoneId x) {
        return x;
    }

    static ZoneOffset offset(ZoneOffset x) {
        return x;
    }

    static int[] ints(int[] x) {
        return x;
    }

    static long[] longs(long[] x) {
        return x;
    }

    static short[] shorts(short[] x) {
        return x;
    }

    static byte[] bytes(byte[] x) {
        return x;
    }

    static double[] doubles(double[] x) {
        return x;
    }

    static float[] floats(float[] x) {
        return x;
    }

    static boolean[] booleans(boolean[] x) {
        return x;
    }

    static char[] chars(char[] x) {
        return x;
    }

    static String[] texts(String... x) {
        return x;
    }

    static long[][] matrix(long[][] x) {
        return x;
    }

    static List<byte[]> listOfBytes(List<byte[]> x) {
        return x;
    }

    static List<Long> listOfLongs(List<Long> x) {
        return x;
    }

    static int firstOfList(List<Long> x) {
        return Math.toIntExact(x.get(0));
    }

    static Set<Colour> set(Set<Colour> x) {
        return x;
    }

    static Deque<Integer> deque(Deque<Integer> x) {
        return x;
    }

    static Collection<Point> points(Collection<Point> x) {
        return x;
    }

    static Map<String, List<Integer>> map(Map<String, List<Integer>> x) {
        return x;
    }

    static SortedMap<Integer, String> mapByInt(SortedMap<Integer, String> x) {
        return x;
    }

    static Map<LocalDate, Integer> mapByDate(Map<LocalDate, Integer> x) {
        return x;
    }

    static EnumMap<Colour, Integer> mapByColour(EnumMap<Colour, Integer> x) {
        return x;
    }

    static Point point(Point x) {
        return x;
    }

    static Tagged tagged(Tagged x) {
        return x;
    }

    static Positive positive(Positive x) {
        return x;
    }

    static Exact exact(Exact x) {
        return x;
    }

    static Pair<Integer, List<Point>> pair(Pair<Integer, List<Point>> x) {
        return x;
    }

    static Nothing nothing(Nothing x) {
        return x;
    }

    static Mutable mutable(Mutable x) {
        return x;
    }

    static Celsius celsius(Celsius x) {
        return x;
    }

    static Shape shape(Shape x) {
        return x;
    }

    static Runnable runnable(Runnable x) {
        return x;
    }

    static Optional<Integer> optional(Optional<Integer> x) {
        return x;
    }

    static OptionalInt optionalInt(OptionalInt x) {
        return x;
    }

    static OptionalLong optionalLong(OptionalLong x) {
        return x;
    }

    static OptionalDouble optionalDouble(OptionalDouble x) {
        return x;
    }

    static @Nullable Object any(@Nullable Object x) {
        return x;
    }

    static String classOf(Object x) {
        return x.getClass().getSimpleName();
    }

    static <T> T generic(T x) {
        return x;
    }

    static String two(int a, List<String> b) {
        return a + b.toString();
    }

    static int none() {
        return 7;
    }

    static Knot knot(int x) {
        return new Knot();
    }

    static Link loop(int x) {
        List<Object> list = new ArrayList<>();
        list.add(list);
        return new Link(list);
    }

    static Object lazily(int n) {
        return n % 2 == 0
                ? IntStream.range(0, n).boxed()
                : IntStream.range(0, n).iterator();
    }

    static Iterator<Integer> endless(int x) {
        return Stream.iterate(x, i -> i).iterator();
    }

    static Object strange(int x) {
        return switch (x) {
            case 0 -> new Object();
            case 1 -> Thread.currentThread();
            case 2 -> (Runnable) () -> {};
            default -> java.net.URI.create("a:b");
        };
    }

    static Object surrogate(String where) {
        return switch (where) {
            case "top" -> "a\ud800";
            case "low" -> "\udc00b";
            case "list" -> List.of("a\ud800b");
            case "key" -> Map.of("\ud800", 1);
            case "char" -> '\ud800';
            default -> Map.of("\ud83d\ude00", new Object[] {"\ud83d\ude00"});
        };
    }

    static class Throwing {
        public int getValue() {
            throw new UnsupportedOperationException("not mine");
        }
    }

    static Throwing throwing(int x) {
        return new Throwing();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            anInt       | 2147483647
            anInt       | -2147483648
            aLong       | 9223372036854775807
            aLong       | -9223372036854775808
            aShort      | -32768
            aByte       | 127
            aDouble     | 1.5
            aDouble     | "NaN"
            aDouble     | "Infinity"
            aDouble     | "-Infinity"
            aDouble     | 4.9E-324
            aFloat      | 3.4028235E38
            aFloat      | "-Infinity"
            aBoolean    | true
            aBoolean    | false
            aChar       | "x"
            aChar       | "€"
            aChar       | "\\n"
            boxedInt    | 5
            boxedInt    | null
            boxedLong   | -5
            boxedLong   | null
            boxedShort  | 5
            boxedShort  | null
            boxedByte   | 5
            boxedByte   | null
            boxedDouble | 0.1
            boxedDouble | "NaN"
            boxedDouble | null
            boxedFloat  | 0.1
            boxedFloat  | null
            boxedBoolean | true
            boxedBoolean | null
            boxedChar   | "c"
            boxedChar   | null
            text        | "plain"
            text        | ""
            text        | "q\\"b\\\\s\\n\\t\\r\\u0000\\u001f"
            text        | "äß€😀"
            text        | null
            bigInteger  | 123456789012345678901234567890
            bigInteger  | -1
            bigInteger  | null
            bigDecimal  | 1.10
            bigDecimal  | 1E+3
            bigDecimal  | 123456789012345678901234567890.123456789
            bigDecimal  | 1E-400
            bigDecimal  | null
            colour      | "GREEN"
            colour      | null
            day         | "MONDAY"
            uuid        | "123e4567-e89b-12d3-a456-426614174000"
            instant     | "2026-01-01T00:00:00.123456789Z"
            date        | "2026-02-28"
            time        | "12:34:56.789"
            dateTime    | "2026-02-28T12:34"
            offsetTime  | "12:34+01:00"
            offsetDateTime | "2026-02-28T12:34+01:00"
            zonedDateTime | "2026-02-28T12:34+01:00[Europe/Berlin]"
            duration    | "PT1M30S"
            period      | "P1Y2M3D"
            year        | "2026"
            yearMonth   | "2026-02"
            monthDay    | "--02-28"
            zone        | "Europe/Berlin"
            offset      | "+01:00"
            ints        | [1,-2,3]
            ints        | []
            ints        | null
            longs       | [9223372036854775807]
            shorts      | [1,-2]
            bytes       | [1,-128,127]
            doubles     | [1.5,"NaN",-0.0]
            floats      | [1.5,"Infinity"]
            booleans    | [true,false]
            chars       | ["a","b"]
            texts       | ["a",null,"b"]
            matrix      | [[1],[2,3],[],null]
            listOfBytes | [[1,2],[-3]]
            listOfLongs | [1,null,9223372036854775807]
            set         | ["RED"]
            deque       | [1,2]
            points      | [{"x":1.0,"y":"NaN"}]
            map         | {"a":[1,2],"":[]}
            mapByInt    | {"1":"one","20":"twenty"}
            mapByDate   | {"2026-02-28":1}
            mapByColour | {"GREEN":2}
            point       | {"x":1.0,"y":2.0}
            point       | null
            tagged      | {"name":"n","level":3,"at":{"x":1.0,"y":2.0},"path":[{"x":0.0,"y":0.0}],"size":5,"rank":1}
            tagged      | {"name":null,"level":3,"at":null,"path":null,"size":null,"rank":null}
            exact       | {"d":1.10,"i":123456789012345678901234567890,"l":9007199254740993,"c":"x","bytes":[1,-2],"chars":["a"],"f":0.1}
            pair        | {"a":1,"b":[{"x":1.0,"y":2.0}]}
            nothing     | {}
            mutable     | {"count":2,"name":"n"}
            celsius     | {"degrees":36.6}
            optional    | 5
            optional    | null
            optionalInt | 5
            optionalInt | null
            optionalLong | 5
            optionalDouble | 0.5
            any         | {"a":[1,2.5,"x",true,null,{"b":{}}]}
            any         | null
            generic     | [1]
            """)
    void valuesRoundTrip(String function, String json) {
        assertThat(functions.call(function, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            aDouble | 1 | 1.0
            aDouble | 1e3 | 1000.0
            aDouble | -0 | -0.0
            text | "\\u0041\\/\\ud83d\\ude00" | "A/😀"
            tagged | {"name":"n","level":1} | {"name":"n","level":1,"at":null,"path":null,"size":null,"rank":null}
            duration | "PT90S" | "PT1M30S"
            classOf | 5 | "Long"
            classOf | 5.5 | "Double"
            classOf | "x" | "String"
            classOf | [] | "ArrayList"
            two | [1,["a","b"]] | "1[a, b]"
            two | {"b":[],"a":2} | "2[]"
            two | { "a" : 2 , "b" : [ "]" ] } | "2[]]"
            none | {"what":"ever"} | 7
            lazily | 4 | [0,1,2,3]
            lazily | 3 | [0,1,2]
            strange | 3 | "a:b"
            surrogate | "fine" | {"😀":["😀"]}
            """)
    void readsOtherNotations(String function, String json, String result) {
        assertThat(functions.call(function, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            anInt | 3.5 | x: an int takes whole numbers from -2147483648 to 2147483647, not 3.5
            anInt | 1e3 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1e3
            anInt | 1.0 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1.0
            anInt | 1099511627776 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1099511627776
            anInt | 123456789012345678901234567890 | x: an int takes whole numbers from -2147483648 to 2147483647, not 123456789012345678901234567890
            anInt | null | x: null does not fit the primitive type int
            anInt | "5" | x: an int takes whole numbers from -2147483648 to 2147483647, not "5"
            anInt | true | x: an int takes whole numbers from -2147483648 to 2147483647, not true
            anInt | [1] | x: an int takes whole numbers from -2147483648 to 2147483647, not an array
            anInt | {} | x: an int takes whole numbers from -2147483648 to 2147483647, not an object
            aLong | 9223372036854775808 | x: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not 9223372036854775808
            aShort | 32768 | x: a short takes whole numbers from -32768 to 32767, not 32768
            aByte | -129 | x: a byte takes whole numbers from -128 to 127, not -129
            boxedInt | 3.5 | x: an int takes whole numbers from -2147483648 to 2147483647, not 3.5
            aDouble | 1e400 | x: a double can't hold 1e400
            aDouble | "1" | x: a double needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "1"
            aDouble | null | x: null does not fit the primitive type double
            aFloat | 1e39 | x: a float can't hold 1e39
            aBoolean | 1 | x: a boolean needs true or false, not 1
            aBoolean | null | x: a boolean needs true or false, not null
            aChar | "ab" | x: a char needs a string of one character, not "ab"
            aChar | "" | x: a char needs a string of one character, not ""
            aChar | 65 | x: a char needs a string of one character, not 65
            text | 5 | x: a String needs a string, not 5
            bigInteger | 1.5 | x: a BigInteger needs a whole number, not 1.5
            bigInteger | "1" | x: a BigInteger needs a whole number, not "1"
            bigDecimal | "1" | x: a BigDecimal needs a number, not "1"
            bigDecimal | 1e99999999999 | x: a BigDecimal can't hold 1e99999999999
            colour | "BLUE" | x: Colour is one of RED, GREEN, not "BLUE"
            colour | "grass" | x: Colour is one of RED, GREEN, not "grass"
            colour | 0 | x: Colour is one of RED, GREEN, not 0
            instant | "yesterday" | x: an Instant needs a string in ISO 8601 form, not "yesterday"
            instant | 1700000000 | x: an Instant needs a string, not 1700000000
            date | [2026,1,1] | x: a LocalDate needs a string, not an array
            date | "2026-02-30" | x: a LocalDate needs a string in ISO 8601 form, not "2026-02-30"
            year | 2026 | x: a Year needs a string, not 2026
            uuid | "x" | x: no UUID: "x"
            ints | [1,2.5] | x[1]: an int takes whole numbers from -2147483648 to 2147483647, not 2.5
            ints | 5 | x: an array is needed, not 5
            bytes | "AQI=" | x: an array is needed, not "AQI="
            chars | "ab" | x: an array is needed, not "ab"
            texts | ["a",1] | x[1]: a String needs a string, not 1
            texts | "a" | x: an array is needed, not "a"
            matrix | [[1],[2,"x"]] | x[1][1]: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not "x"
            listOfBytes | [[1],"AQI="] | x[1]: an array is needed, not "AQI="
            listOfBytes | [[1],[300]] | x[1][0]: a byte takes whole numbers from -128 to 127, not 300
            listOfLongs | [1,2.5] | x[1]: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not 2.5
            listOfLongs | {"a":1} | x: an array is needed, not an object
            map | [1] | x: an object is needed, not an array
            map | {"a":[1,"b"]} | x.a[1]: an int takes whole numbers from -2147483648 to 2147483647, not "b"
            mapByInt | {"one":"1"} | x.one: the key "one" is no Integer
            point | {"x":1} | x.y: null, or nothing at all, does not fit the primitive type double
            point | {"x":1,"y":null} | x.y: null, or nothing at all, does not fit the primitive type double
            point | {"x":1,"y":2,"z":3} | x.z: Point has no "z", it has x, y
            point | {"@class":"Point","x":1,"y":2} | x.@class: Point has no "@class", it has x, y
            point | {"x":1e400,"y":2} | x.x: a double can't hold 1e400
            point | [1,2] | x: a Point can not be read from an array
            point | "1,2" | x: a Point can not be read from "1,2"
            tagged | {"name":5,"level":1} | x.name: a String needs a string, not 5
            tagged | {"name":"n","level":1,"path":[{"x":1,"y":2},{"x":1,"y":"?"}]} | x.path[1].y: a double needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "?"
            tagged | {"name":"n","level":"1"} | x.level: an int takes whole numbers from -2147483648 to 2147483647, not "1"
            tagged | {"name":"n","level":1,"size":"5"} | x.size: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not "5"
            positive | {"value":-1} | x: java.lang.IllegalArgumentException: must be positive
            celsius | 36.6 | x: a Celsius can not be read from 36.6
            mutable | {"counts":1} | x.counts: Mutable has no "counts", it has count, name
            optional | "5" | x: an int takes whole numbers from -2147483648 to 2147483647, not "5"
            two | [1] | the function takes 2 arguments, an array of them or an object of a, b; not an array of 1
            two | 1 | the function takes 2 arguments, an array of them or an object of a, b; not 1
            two | {"a":1} | the function takes 2 arguments, an array of them or an object of a, b; and "b" is missing
            two | {"a":1,"b":[],"c":1} | the function takes 2 arguments, an array of them or an object of a, b; not "c"
            two | {"a":1,"a":2,"b":[]} | the function takes 2 arguments, an array of them or an object of a, b; not "a" twice
            two | [1,["a",2]] | b[1]: a String needs a string, not 2
            """)
    void rejectsMismatchedArguments(String function, String json, String message) {
        assertThatThrownBy(() -> functions.call(function, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }

    @Test
    void typeWithoutJsonRepresentationIsRejected() {
        assertThatThrownBy(() -> functions.call("shape", "{\"r\":1}"))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessageStartingWith("x: a Shape");
        assertThatThrownBy(() -> functions.call("runnable", "{}")).isInstanceOf(ArgumentMismatch.class);
    }

    @Test
    void deeplyNestedJsonIsRejected() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThatThrownBy(() -> functions.call("any", deep))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage("x: it is nested deeper than 500 levels");
    }

    @ParameterizedTest
    @CsvSource({
        "anInt,5,5",
        "aLong,5,5",
        "aShort,5,5",
        "aByte,5,5",
        "aDouble,5,5.0",
        "aFloat,5,5.0",
        "boxedInt,5,5",
        "boxedLong,5,5",
        "boxedDouble,5,5.0",
        "bigInteger,5,5",
        "bigDecimal,5,5",
        "any,5,5",
        "generic,5,5",
        "optional,5,5",
        "optionalLong,5,5",
        "none,5,7"
    })
    void acceptsNumbersOfARange(String function, long argument, String result) {
        assertThat(functions.callOnRange(function, argument)).isEqualTo(result);
    }

    @Test
    void rangePassesLongToAnObjectParameter() {
        assertThat(functions.callOnRange("classOf", 5)).isEqualTo("\"Long\"");
    }

    @Test
    void rejectsNumbersOfARangeThatDoNotFit() {
        assertThatThrownBy(() -> functions.callOnRange("anInt", 1L << 40))
                .hasMessage("x: an int takes whole numbers from -2147483648 to 2147483647, not 1099511627776");
        assertThatThrownBy(() -> functions.callOnRange("text", 5)).hasMessage("x: a String needs a string, not 5");
        assertThatThrownBy(() -> functions.callOnRange("two", 5)).isInstanceOf(ArgumentMismatch.class);
    }

    @ParameterizedTest
    @CsvSource({"knot,1", "loop,1"})
    void selfReferencingResultIsRejected(String function, String json) {
        assertThatThrownBy(() -> functions.call(function, json))
                .isInstanceOf(NotSerializable.class)
                .hasMessageContaining("contain");
    }

    @Test
    void endlessResultIsTooLarge() {
        assertThatThrownBy(() -> functions.call("endless", "1")).isInstanceOf(ResultTooLargeException.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void resultWithoutJsonRepresentationIsRejected(String which) {
        assertThatThrownBy(() -> functions.call("strange", which))
                .isInstanceOf(NotSerializable.class)
                .hasMessageContaining("can't be written as JSON");
    }

    @ParameterizedTest
    @CsvSource({"top", "low", "list", "key", "char"})
    void loneSurrogateInResultIsRejected(String where) {
        assertThatThrownBy(() -> functions.call("surrogate", '"' + where + '"'))
                .isInstanceOf(NotSerializable.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void exceptionOfAnAccessorIsAUserError() {
        assertThatThrownBy(() -> functions.call("throwing", "1"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("not mine");
    }
}
