package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.NotSerializable;
import io.minimalcluster.task.bind.error.ResultTooLargeException;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Vector;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing of results, of classes and subclasses that user code may choose freely. */
@SuppressWarnings({
    "unused",
    "UnusedVariable",
    "UnusedMethod",
    "JdkObsolete",
    "ClassCanBeStatic",
    "UnnecessaryStringBuilder",
    "UnsynchronizedOverridesSynchronized"
}) // called by name
class ResultTest {
    private final TestFunctions functions = new TestFunctions(ResultTest.class);

    /** A number of user code, which is written by its text. */
    static final class Text extends Number {
        @Serial
        private static final long serialVersionUID = 1;

        private final @Nullable String text;

        Text(@Nullable String text) {
            this.text = text;
        }

        @Override
        public int intValue() {
            return 0;
        }

        @Override
        public long longValue() {
            return 0;
        }

        @Override
        public float floatValue() {
            return 0;
        }

        @Override
        public double doubleValue() {
            return 0;
        }

        @Override
        @SuppressWarnings("NullAway") // user code may return null
        public String toString() {
            return text;
        }
    }

    static final class Big extends BigInteger {
        @Serial
        private static final long serialVersionUID = 1;

        private final String text;

        Big(String text) {
            super("1");
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static final class Decimal extends BigDecimal {
        @Serial
        private static final long serialVersionUID = 1;

        private final String text;

        Decimal(String text) {
            super("1");
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }

        @Override
        public String toPlainString() {
            return text;
        }
    }

    record Holder(Object value) {}

    static Object number(String text) {
        return new Text(text);
    }

    static Object numberInAList(String text) {
        return List.of(1, new Text(text));
    }

    static Object numberInARecord(String text) {
        return new Holder(new Text(text));
    }

    static Object numberAsKey(String text) {
        return Map.of(new Text(text), 1);
    }

    static Object big(String text) {
        return new Big(text);
    }

    static Object bigs(String text) {
        return new BigInteger[] {BigInteger.TEN, new Big(text)};
    }

    static Object decimal(String text) {
        return new Decimal(text);
    }

    static Object noText(int x) {
        return new Text(null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            number | "42"
            number | "-1.5e3"
            numberInAList | "42"
            big | "42"
            decimal | "1.10"
            """)
    void numberOfUserCodeIsWrittenByItsText(String function, String text) {
        assertThat(functions.call(function, text)).contains(text.substring(1, text.length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"number", "numberInAList", "numberInARecord", "big", "bigs", "decimal"})
    void textThatIsNoNumberIsRejected(String function) {
        for (String text : List.of(
                "1,2",
                "1,\\\"",
                "\\\"",
                "",
                " ",
                "1 ",
                "1]",
                "1/3",
                "0x1",
                "NaN",
                "null",
                "true",
                "[1]",
                "{}",
                "١",
                "1\\n2",
                "01",
                "1.",
                "+1",
                "\\\"a\\\"")) {
            assertThatThrownBy(() -> functions.call(function, '"' + text + '"'))
                    .as("%s of %s", function, text)
                    .isInstanceOf(NotSerializable.class)
                    .hasMessageStartingWith("the result can't be written as JSON: ")
                    .hasMessageContaining("whose text is no JSON number");
        }
    }

    @Test
    void errorNamesThePositionOfANumberThatIsNone() {
        assertThatThrownBy(() -> functions.call("numberInARecord", "\"1/3\""))
                .hasMessage("the result can't be written as JSON: value: it is a " + Text.class.getTypeName()
                        + ", whose text is no JSON number; give back a BigDecimal, a string or a record");
        assertThatThrownBy(() -> functions.call("noText", "1")).isInstanceOf(NotSerializable.class);
        assertThat(functions.call("numberAsKey", "\"7\"")).isEqualTo("{\"7\":1}");
        assertThatThrownBy(() -> functions.call("numberAsKey", "\"1,2\"")).isInstanceOf(NotSerializable.class);
    }

    /** Text that Jackson would write unchanged. User code may obtain it from the class path of the executor. */
    static Object raw(String text) {
        return new tools.jackson.databind.util.RawValue(text);
    }

    @Test
    void rawTextIsNotWrittenUnchanged() {
        assertThat(functions.call("raw", "\"1,2\"")).isEqualTo("{\"_value\":\"1,2\"}");
    }

    static Object digits(int count) {
        return new BigInteger("9".repeat(count));
    }

    @Test
    void numbersAreWrittenUpToTheirLimit() {
        assertThat(functions.call("digits", "100000")).hasSize(JsonLimits.MAX_NUMBER_CHARS);
        assertThatThrownBy(() -> functions.call("digits", Integer.toString(JsonLimits.MAX_NUMBER_CHARS + 1)))
                .isInstanceOf(NotSerializable.class)
                .hasMessage("the result can't be written as JSON: a number of more than 100000 characters");
    }

    static Object nested(int levels) {
        Object nested = 1;
        for (int level = 0; level < levels; level++) {
            nested = level % 2 == 0 ? new ArrayList<>(List.of(nested)) : new Holder(nested);
        }
        return nested;
    }

    static class Knot {
        Knot self = this;
    }

    static Object cycle(String kind) {
        List<Object> list = new ArrayList<>();
        Map<Object, Object> map = new HashMap<>();
        Object[] array = new Object[1];
        switch (kind) {
            case "list" -> list.add(list);
            case "map" -> map.put("self", map);
            case "array" -> array[0] = array;
            default -> list.add(new Holder(list));
        }
        return switch (kind) {
            case "map" -> map;
            case "array" -> array;
            case "class" -> new Knot();
            default -> list;
        };
    }

    @Test
    void resultsNestUpToTheLimit() {
        assertThat(functions.call("nested", Integer.toString(JsonLimits.MAX_DEPTH)))
                .startsWith("{\"value\":[");
        for (int levels : new int[] {JsonLimits.MAX_DEPTH + 1, 500, 501, 100_000}) {
            assertThatThrownBy(() -> functions.call("nested", Integer.toString(levels)))
                    .isInstanceOf(NotSerializable.class)
                    .hasMessageStartingWith("the result is nested deeper than 400 levels");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "map", "array", "class", "mixed"})
    void cyclesAreRejected(String kind) {
        assertThatThrownBy(() -> functions.call("cycle", '"' + kind + '"'))
                .isInstanceOf(NotSerializable.class)
                .hasMessageContaining("does it contain itself?");
    }

    static Object lazily(int n) {
        return n % 2 == 0
                ? IntStream.range(0, n).boxed()
                : IntStream.range(0, n).iterator();
    }

    static class Ones implements Iterator<Integer> {
        private final int value = 1;

        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Integer next() {
            return value;
        }
    }

    static Object endless(String kind) {
        return switch (kind) {
            case "iterator" -> new Ones();
            case "iterable" -> (Iterable<Integer>) Ones::new;
            case "stream" -> Stream.iterate(1, i -> i);
            case "ints" -> IntStream.iterate(1, i -> i);
            case "anonymous" ->
                new Iterable<Object>() {
                    @Override
                    public Iterator<Object> iterator() {
                        return Collections.nCopies(Integer.MAX_VALUE, (Object) this)
                                .iterator();
                    }
                };
            case "list" ->
                new AbstractList<Integer>() {
                    @Override
                    public Integer get(int index) {
                        return index;
                    }

                    @Override
                    public int size() {
                        return Integer.MAX_VALUE;
                    }
                };
            default -> new Ones();
        };
    }

    @Test
    void elementsOfIteratorsAndStreamsAreWritten() {
        assertThat(functions.call("lazily", "4")).isEqualTo("[0,1,2,3]");
        assertThat(functions.call("lazily", "3")).isEqualTo("[0,1,2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterator", "iterable", "stream", "ints", "list"})
    void endlessResultIsTooLarge(String kind) {
        assertThatThrownBy(() -> functions.call("endless", '"' + kind + '"'))
                .isInstanceOf(ResultTooLargeException.class);
    }

    @Test
    void iterableOfItselfIsNestedTooDeeply() {
        assertThatThrownBy(() -> functions.call("endless", "\"anonymous\""))
                .isInstanceOf(NotSerializable.class)
                .hasMessageContaining("nested deeper");
    }

    static Object strange(int which) {
        return switch (which) {
            case 0 -> new Object();
            case 1 -> Thread.currentThread();
            case 2 -> (Runnable) () -> {};
            case 3 -> new Holder(Thread.currentThread());
            case 4 -> new Thread() {};
            case 5 -> new java.util.Random(1);
            case 6 -> new Exception("a message");
            default -> new IllegalStateException("a message") {};
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void resultWithoutJsonRepresentationIsRejected(int which) {
        assertThatThrownBy(() -> functions.call("strange", Integer.toString(which)))
                .isInstanceOf(NotSerializable.class)
                .hasMessageStartingWith("the result can't be written as JSON: ")
                .hasMessageContaining("give back numbers, strings, records, or collections and maps of them");
    }

    static Object keys(String kind) {
        Map<@Nullable Object, Integer> map = new LinkedHashMap<>();
        switch (kind) {
            case "null" -> map.put(null, 1);
            case "same" -> {
                map.put(1, 1);
                map.put("1", 2);
            }
            case "sameText" -> {
                map.put("a", 1);
                map.put(new StringBuilder("a"), 2);
            }
            case "nested" -> {
                return List.of(new Holder(Collections.<@Nullable Object, Integer>singletonMap(null, 1)));
            }
            default -> {
                map.put(new Holder(1), 1);
                map.put(List.of("a"), 2);
                map.put(1.5, 3);
                map.put(true, 4);
                map.put('c', 5);
            }
        }
        return map;
    }

    @SuppressWarnings({"IdentityHashMapUsage", "StringConstructor"})
    static Object identity(int x) {
        Map<String, Integer> map = new IdentityHashMap<>();
        map.put(new String("a"), 1);
        map.put(new String("a"), 2);
        return map;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            keys | "null" | null: a map has a null key
            keys | "nested" | [0].value.null: a map has a null key
            keys | "same" | 1: a map has two keys that are written as "1"
            keys | "sameText" | a: a map has two keys that are written as "a"
            identity | 1 | a: a map has two keys that are written as "a"
            """)
    void keysThatAreNullOrTheSameAreRejected(String function, String json, String reason) {
        assertThatThrownBy(() -> functions.call(function, json))
                .isInstanceOf(NotSerializable.class)
                .hasMessage("the result can't be written as JSON: " + reason);
    }

    @Test
    void keysAreStringsOrJsonText() {
        assertThat(functions.call("keys", "\"mixed\""))
                .isEqualTo("{\"{\\\"value\\\":1}\":1,\"[\\\"a\\\"]\":2,\"1.5\":3,\"true\":4,\"c\":5}");
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

    @ParameterizedTest
    @CsvSource({"top", "low", "list", "key", "char"})
    void loneSurrogateInResultIsRejected(String where) {
        assertThatThrownBy(() -> functions.call("surrogate", '"' + where + '"'))
                .isInstanceOf(NotSerializable.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void surrogatePairIsWritten() {
        assertThat(functions.call("surrogate", "\"fine\"")).isEqualTo("{\"😀\":[\"😀\"]}");
    }

    record Throwing(int value) {
        @Override
        public int value() {
            throw new UnsupportedOperationException("not mine");
        }
    }

    static Object throwing(String kind) {
        return switch (kind) {
            case "accessor" -> new Throwing(1);
            case "nested" -> List.of(new Holder(new Throwing(1)));
            case "iterator" ->
                new Ones() {
                    @Override
                    public Integer next() {
                        throw new UnsupportedOperationException("not mine");
                    }
                };
            default ->
                new Vector<Object>(1) {
                    @Override
                    public Object get(int index) {
                        throw new UnsupportedOperationException("not mine");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }

                    @Override
                    public Iterator<Object> iterator() {
                        throw new UnsupportedOperationException("not mine");
                    }
                };
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessor", "nested", "iterator", "list"})
    void exceptionOfUserCodeIsAUserError(String kind) {
        assertThatThrownBy(() -> functions.call("throwing", '"' + kind + '"'))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("not mine");
    }

    class Inner {
        int x = 1;
    }

    static Object members(String kind) {
        int captured = 5;
        return switch (kind) {
            case "inner" -> new ResultTest().new Inner();
            case "anonymous" ->
                new Object() {
                    final int a = captured;
                    final String b = "b";
                    transient int c = 3;

                    int getD() {
                        return captured;
                    }
                };
            default -> new Object[] {1, "a", new Holder('c'), new int[] {1}, null, 1.5f, (short) 2};
        };
    }

    @Test
    void classesAreWrittenAsTheirFieldsInOrder() {
        assertThat(functions.call("members", "\"inner\"")).isEqualTo("{\"x\":1}");
        assertThat(functions.call("members", "\"anonymous\"")).isEqualTo("{\"a\":5,\"b\":\"b\"}");
        assertThat(functions.call("members", "\"array\"")).isEqualTo("[1,\"a\",{\"value\":\"c\"},[1],null,1.5,2]");
    }
}
