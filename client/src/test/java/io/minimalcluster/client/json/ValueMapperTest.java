package io.minimalcluster.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.minimalcluster.client.function.TypeRef;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The JSON of docs/compatibility.md, as a client writes and reads it. */
class ValueMapperTest {
    private enum Unit {
        METRE;

        @Override
        public String toString() {
            return "m";
        }
    }

    record Size(double value, Unit unit) {
        public double getTwice() {
            return 2 * value;
        }

        public boolean isEmpty() {
            return value == 0;
        }
    }

    private record Box(
            Map<String, List<Size>> sizes, Optional<LocalDate> day, Duration age, byte[] raw, BigDecimal price) {}

    static final class Plain {
        private int hidden = 3;

        public int getOther() {
            return hidden;
        }
    }

    private static String text(Object value) {
        return new String(ValueMapper.write(value), UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static <T> T read(TypeRef<T> type, String json) {
        JsonNode node = WireJson.MAPPER.readTree(json);
        return (T) Objects.requireNonNull(ValueMapper.read(ValueMapper.reader(type.type()), node));
    }

    @Test
    void recordsAreTheirComponentsAndClassesTheirFields() {
        assertThat(text(new Size(2, Unit.METRE))).isEqualTo("{\"value\":2.0,\"unit\":\"METRE\"}");
        assertThat(text(new Plain())).isEqualTo("{\"hidden\":3}");
        assertThat(read(new TypeRef<Plain>() {}, "{\"hidden\":4}").hidden).isEqualTo(4);
    }

    @Test
    void nestedValuesRoundTrip() {
        Box box = new Box(
                Map.of("a", List.of(new Size(1.5, Unit.METRE))),
                Optional.of(LocalDate.of(2026, 1, 2)),
                Duration.ofSeconds(3),
                new byte[] {1, -2},
                new BigDecimal("1.10"));

        String json = text(box);

        assertThat(json).isEqualTo("""
                {"sizes":{"a":[{"value":1.5,"unit":"METRE"}]},"day":"2026-01-02","age":"PT3S","raw":[1,-2],"price":1.10}\
                """);
        assertThat(read(new TypeRef<Box>() {}, json)).usingRecursiveComparison().isEqualTo(box);
    }

    @Test
    void numbersThatAreNoneAreStrings() {
        assertThat(text(List.of(Double.NaN, Double.POSITIVE_INFINITY))).isEqualTo("[\"NaN\",\"Infinity\"]");
        assertThat(read(new TypeRef<double[]>() {}, "[\"NaN\",\"-Infinity\"]"))
                .containsExactly(Double.NaN, Double.NEGATIVE_INFINITY);
        assertThat(text(new char[] {'a'})).isEqualTo("[\"a\"]");
    }

    static List<Object> texts() {
        return List.of(
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                LocalDate.of(2026, 2, 28),
                LocalTime.of(1, 2),
                LocalDateTime.of(2026, 1, 2, 3, 4),
                OffsetTime.parse("10:00:00-05:00"),
                OffsetDateTime.parse("2026-07-01T23:30:00-05:00"),
                ZonedDateTime.parse("2026-07-01T12:00:00+02:00[Europe/Paris]"),
                Duration.ofMillis(1500),
                Period.ofMonths(2),
                Year.of(2026),
                YearMonth.of(2026, 7),
                MonthDay.of(2, 29),
                ZoneId.of("Europe/Paris"),
                ZoneOffset.ofHours(-5),
                Month.MARCH,
                DayOfWeek.SUNDAY,
                Path.of("rel/a"),
                new File("rel/a"),
                URI.create("http://a/b?c"),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                Locale.GERMANY,
                Currency.getInstance("EUR"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void typeOfTheJdkReadsTheTextThatItWrites(Object value) {
        Class<?> type = switch (value) {
            case Path _ -> Path.class;
            case ZoneOffset _ -> ZoneOffset.class;
            case ZoneId _ -> ZoneId.class;
            default -> value.getClass();
        };

        String json = text(value);

        if (!(value instanceof Locale)) {
            assertThat(json).isEqualTo("\"" + (value instanceof Enum<?> one ? one.name() : value.toString()) + "\"");
        }
        assertThat(ValueMapper.read(ValueMapper.reader(type), WireJson.MAPPER.readTree(json)))
                .isEqualTo(value);
    }

    @Test
    @SuppressWarnings("JavaUtilDate") // the type is listed
    void datesAreStrings() {
        assertThat(text(new Date(0))).startsWith("\"1970-01-01T00:00:00.000");
        assertThat(read(new TypeRef<Date>() {}, text(new Date(5)))).isEqualTo(new Date(5));
    }

    record Measured(double value, BigDecimal exact) {}

    @Test
    void negativeZeroAndDigitsAreKept() {
        assertThat(read(new TypeRef<Double>() {}, "-0.0")).isEqualTo(-0.0);
        assertThat(read(new TypeRef<BigDecimal>() {}, "12345678901234567890.100"))
                .isEqualTo(new BigDecimal("12345678901234567890.100"));
        assertThat(read(new TypeRef<Measured>() {}, "{\"value\":-0.0,\"exact\":1.10}"))
                .isEqualTo(new Measured(-0.0, new BigDecimal("1.10")));
        assertThat(read(new TypeRef<double[]>() {}, "[-0.0]")).containsExactly(-0.0);
        assertThat(text(-0.0)).isEqualTo("-0.0");
    }

    record Cell(int x, int y) {}

    @Test
    void keysOfMapsAreStringsOrJsonText() {
        Map<Cell, Integer> cells = Map.of(new Cell(1, 2), 3);

        assertThat(text(cells)).isEqualTo("{\"{\\\"x\\\":1,\\\"y\\\":2}\":3}");
        assertThat(read(new TypeRef<Map<Cell, Integer>>() {}, text(cells))).isEqualTo(cells);
        assertThat(read(new TypeRef<Map<List<Integer>, String>>() {}, "{\"[1,2]\":\"a\"}"))
                .isEqualTo(Map.of(List.of(1, 2), "a"));
        Map<ZonedDateTime, Unit> times =
                Map.of(ZonedDateTime.parse("2026-07-01T12:00+02:00[Europe/Paris]"), Unit.METRE);
        assertThat(read(new TypeRef<Map<ZonedDateTime, Unit>>() {}, text(times)))
                .isEqualTo(times);
        assertThat(text(Map.of(Unit.METRE, 1))).isEqualTo("{\"METRE\":1}");
        assertThat(read(new TypeRef<Map<Unit, Integer>>() {}, "{\"METRE\":1}")).isEqualTo(Map.of(Unit.METRE, 1));
        assertThat(read(new TypeRef<Map<Integer, String>>() {}, text(Map.of(1, "a"))))
                .isEqualTo(Map.of(1, "a"));
    }

    @Test
    void elementsAreArrays() {
        BitSet bits = new BitSet();
        bits.set(3);
        bits.set(70);

        assertThat(text(bits)).isEqualTo("[3,70]");
        assertThat(read(new TypeRef<BitSet>() {}, "[3,70]")).isEqualTo(bits);
        assertThat(text(IntStream.range(0, 3))).isEqualTo("[0,1,2]");
        assertThat(read(new TypeRef<IntStream>() {}, "[0,1,2]").sum()).isEqualTo(3);
        assertThat(text(List.of(1, 2).iterator())).isEqualTo("[1,2]");
        assertThat(read(new TypeRef<Iterator<Cell>>() {}, "[{\"x\":1,\"y\":2}]").next())
                .isEqualTo(new Cell(1, 2));
        assertThat(read(new TypeRef<Stream<Long>>() {}, "[1,2]").toList()).containsExactly(1L, 2L);
    }

    @Test
    void numbersOfAGeneralTypeAreThoseOfExecutors() {
        assertThat(read(new TypeRef<List<Object>>() {}, "[1,123456789012345678901,2.5,0.1234567890123456789]"))
                .containsExactly(
                        1L, new BigInteger("123456789012345678901"), 2.5, new BigDecimal("0.1234567890123456789"));
        assertThat(read(new TypeRef<Number>() {}, "5")).isEqualTo(5L);
        assertThat(read(new TypeRef<Number>() {}, "\"NaN\"")).isEqualTo(Double.NaN);
        assertThat(read(new TypeRef<Map<String, Object>>() {}, "{\"a\":{\"b\":[-9223372036854775808,true,null]}}"))
                .hasToString("{a={b=[-9223372036854775808, true, null]}}");
    }

    static class Owner {
        private final String name;

        Owner(String name) {
            this.name = Objects.requireNonNull(name);
        }
    }

    static final class Account<T> extends Owner {
        private final long cents;
        private final List<T> notes;
        private transient int reads = 5;

        Account(String name, long cents) {
            super(name);
            this.cents = cents;
            this.notes = new ArrayList<>();
        }
    }

    @Test
    void classNeedsNoConstructorWithoutParameters() {
        Account<Cell> account =
                read(new TypeRef<Account<Cell>>() {}, "{\"name\":\"a\",\"cents\":5,\"notes\":[{\"x\":1,\"y\":2}]}");

        assertThat(((Owner) account).name).isEqualTo("a");
        assertThat(account.cents).isEqualTo(5);
        assertThat(account.notes).containsExactly(new Cell(1, 2));
        assertThat(account.reads).isEqualTo(5);
        assertThat(text(account)).isEqualTo("{\"name\":\"a\",\"cents\":5,\"notes\":[{\"x\":1,\"y\":2}]}");
        assertThatThrownBy(() -> read(new TypeRef<Owner>() {}, "{\"name\":null}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
    }

    record Both(
            int a, @JsonIgnore String b, @JsonProperty("n") int c) {}

    @Test
    void annotationsOfJacksonHaveNoEffect() {
        Both both = new Both(1, "x", 2);

        assertThat(text(both)).isEqualTo("{\"a\":1,\"b\":\"x\",\"c\":2}");
        assertThat(read(new TypeRef<Both>() {}, text(both))).isEqualTo(both);
    }

    @ParameterizedTest
    @MethodSource("unfit")
    void valueIsNotConverted(Class<?> type, String json) {
        assertThatThrownBy(() -> ValueMapper.read(ValueMapper.reader(type), WireJson.MAPPER.readTree(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the value does not fit ");
    }

    static Stream<Arguments> unfit() {
        return Stream.of(
                arguments(Long.class, "2.7"),
                arguments(long[].class, "[1.5]"),
                arguments(BigInteger.class, "1.9"),
                arguments(byte.class, "200"),
                arguments(float.class, "1e39"),
                arguments(Unit.class, "0"),
                arguments(boolean.class, "0"),
                arguments(Long.class, "\"\""),
                arguments(String.class, "5"));
    }

    @Test
    void wholeNumbersMayHaveAPoint() {
        assertThat(read(new TypeRef<Long>() {}, "1.0")).isEqualTo(1);
        assertThat(read(new TypeRef<Integer>() {}, "1e5")).isEqualTo(100_000);
        assertThat(read(new TypeRef<Double>() {}, "3")).isEqualTo(3.0);
    }

    @Test
    void longNumbersAndNamesAreRead() {
        String digits = "7".repeat(1_201);
        String name = "k".repeat(60_000);

        assertThat(read(new TypeRef<BigInteger>() {}, digits)).isEqualTo(new BigInteger(digits));
        assertThat(read(new TypeRef<Map<String, Integer>>() {}, "{\"" + name + "\":1}"))
                .containsEntry(name, 1);
    }

    @ParameterizedTest
    @MethodSource("withoutJson")
    void valueWithoutJsonIsRefused(Object value) {
        assertThatThrownBy(() -> ValueMapper.write(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a value can't be written as JSON: ");
    }

    static Stream<Object> withoutJson() {
        Runnable lambda = () -> {};
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        return Stream.of(
                new Object(),
                lambda,
                new Random(1),
                Thread.currentThread(),
                Map.of(1, "x", "1", "y"),
                Map.of("a", List.of(new Object())),
                endless);
    }

    @Test
    void recordOfANamedModuleIsReadAndWritten(@TempDir Path folder) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("source/points"));
        Files.writeString(folder.resolve("source/module-info.java"), "module points { opens points; }");
        Files.writeString(sources.resolve("Point.java"), "package points; record Point(int x, int y) {}");
        Path classes = folder.resolve("classes");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        folder.resolve("source/module-info.java").toString(),
                        sources.resolve("Point.java").toString());
        assertThat(compiled).isZero();
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("points"));
        Class<?> type = ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
                .findLoader("points")
                .loadClass("points.Point");

        Object point = Objects.requireNonNull(
                ValueMapper.read(ValueMapper.reader(type), WireJson.MAPPER.readTree("{\"x\":1,\"y\":2}")));

        assertThat(ValueMapper.unreadable(type)).isEmpty();
        assertThat(text(point)).isEqualTo("{\"x\":1,\"y\":2}");
    }

    @Test
    void treeIsWrittenAsItIs() {
        assertThat(text(WireJson.MAPPER.readTree("{\"a\":[1.10]}"))).isEqualTo("{\"a\":[1.10]}");
    }

    @Test
    void failureOfAMemberIsNamedWithoutTheTextOfTheValue() {
        record Odd(Runnable work) {
            @Override
            public String toString() {
                throw new IllegalStateException("toString");
            }
        }
        assertThatThrownBy(() -> ValueMapper.write(new Odd(() -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a value can't be written as JSON: work is a ")
                .hasMessageContaining("; use numbers, strings, records");
    }

    @Test
    void exponentOfAnySizeIsKept() {
        assertThat(text(WireJson.MAPPER.readTree("[1e9999999999]"))).isEqualTo("[1e9999999999]");
    }

    sealed interface Res permits Ok, Err {}

    sealed interface Level permits Low, High {}

    private enum Low implements Level {
        SAME
    }

    private enum High implements Level {
        SAME
    }

    record Ok(String value) implements Res {}

    record Err(String value) implements Res {}

    static final class Poly extends AbstractList<Integer> {
        private final List<Integer> factors;

        Poly(List<Integer> factors) {
            this.factors = factors;
        }

        @Override
        public Integer get(int at) {
            return factors.get(at);
        }

        @Override
        public int size() {
            return factors.size();
        }
    }

    @Test
    void typesWhoseJsonIsNotEnoughAreKnownBefore() {
        assertThat(ValueMapper.unreadable(new TypeRef<Map<String, Res>>() {}.type()))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .startsWith(Res.class.getName() + ": its classes Ok and Err have the same members"));
        assertThat(ValueMapper.unreadable(Level.class))
                .hasValue(Level.class.getName() + ": two of its enums have a constant of the same name");
        assertThat(ValueMapper.unreadable(Poly.class))
                .hasValue(Poly.class.getName()
                        + ": it is abstract or has no constructor without parameters, take a type of the JDK");
        assertThat(ValueMapper.unreadable(new TypeRef<Map.Entry<String, Thread>>() {}.type()))
                .hasValue("a java.lang.Thread has no JSON");
    }

    interface Names extends List<String> {}

    static final class Numbers implements Iterable<Integer> {
        @Override
        public Iterator<Integer> iterator() {
            return List.of(1).iterator();
        }
    }

    sealed interface Shape permits Circle, Square {}

    record Circle(double r) implements Shape {}

    record Square(double a) implements Shape {}

    interface Figure {}

    record Drawing(String name, Map<String, Optional<List<Shape>>> shapes) {}

    record Node(int x, List<Node> next) {}

    @Test
    void typeThatCannotBeReadIsKnownBefore() {
        assertThat(ValueMapper.unreadable(new TypeRef<List<Optional<Figure>>>() {}.type()))
                .hasValue(Figure.class.getName() + ": it is abstract, take a record, an enum or a class");
        assertThat(ValueMapper.unreadable(Names.class))
                .hasValue(Names.class.getName()
                        + ": it is abstract or has no constructor without parameters, take a type of the JDK");
        assertThat(ValueMapper.unreadable(Numbers.class))
                .hasValue(Numbers.class.getName() + ": its JSON is that of its elements, take a list");
        assertThat(ValueMapper.unreadable(Thread.class)).hasValue("a java.lang.Thread has no JSON");
        assertThat(ValueMapper.unreadable(Runnable.class)).hasValue("a java.lang.Runnable has no JSON");
        assertThat(ValueMapper.unreadable(Exception.class)).hasValue("a java.lang.Exception has no JSON");
        assertThat(ValueMapper.unreadable(new TypeRef<Map<Figure, Integer>>() {}.type()))
                .isPresent();
        for (Type type : List.of(
                void.class,
                Void.class,
                int[].class,
                Object.class,
                Number.class,
                CharSequence.class,
                Account.class,
                Node.class,
                Drawing.class,
                Box.class,
                BitSet.class,
                IntStream.class,
                Path.class,
                JsonNode.class,
                StringBuilder.class,
                java.util.regex.Pattern.class,
                java.net.URL.class,
                java.util.concurrent.atomic.AtomicLong.class,
                new TypeRef<Iterator<Node>>() {}.type(),
                new TypeRef<Iterable<Node>>() {}.type(),
                new TypeRef<Comparable<Long>>() {}.type(),
                new TypeRef<List<? extends Number>>() {}.type(),
                new TypeRef<Map.Entry<String, Integer>>() {}.type())) {
            assertThat(ValueMapper.unreadable(type)).as(type.getTypeName()).isEmpty();
        }
    }

    @Test
    void sealedTypeIsReadByItsMembers() {
        assertThat(read(new TypeRef<List<Shape>>() {}, "[{\"r\":1},{\"a\":2}]"))
                .containsExactly(new Circle(1), new Square(2));
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> read(new TypeRef<Size>() {}, "{\"value\":1,\"unit\":\"METRE\",\"more\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit")
                .hasMessageContaining("more");
    }
}
