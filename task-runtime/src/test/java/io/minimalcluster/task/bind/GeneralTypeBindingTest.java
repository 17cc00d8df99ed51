package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** General types of the JDK, which take any value that is of their type. */
@SuppressWarnings({"unused", "UnusedVariable", "UnusedMethod", "NullAway.Init", "rawtypes"})
class GeneralTypeBindingTest {
    private static Object any;
    private static Number number;
    private static Comparable comparable;
    private static Serializable serializable;
    private static CharSequence chars;
    private static List<Object> objects;
    private static List<? extends Number> numbers;
    private static Map<String, ?> wildcards;
    private static Comparable<?>[] comparables;

    private final TestFunctions functions = new TestFunctions(GeneralTypeBindingTest.class);

    static String classOf(Object x) {
        return x.getClass().getSimpleName();
    }

    static String classOfNumber(Number x) {
        return x.getClass().getSimpleName();
    }

    static <T> T generic(T x) {
        return x;
    }

    static <T extends Comparable<T>> T[] sorted(T[] x) {
        Arrays.sort(x);
        return x;
    }

    static <T extends Comparable<? super T>> @Nullable T largest(List<T> x) {
        return x.stream().max((a, b) -> a.compareTo(b)).orElse(null);
    }

    static <N extends Number & Comparable<N>> N bounded(N x) {
        return x;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            any     | {"a":[1,2.5,"x",true,null,{"b":{}}]}
            any     | null
            any     | 12345678901234567890
            any     | -9223372036854775809
            any     | 1E+400
            any     | 0.1234567890123456789
            any     | [1,[12345678901234567890,0.1]]
            any     | {"z":1,"a":2}
            number  | 5
            number  | 12345678901234567890
            number  | 0.1234567890123456789
            number  | "NaN"
            number  | "-Infinity"
            number  | null
            comparable | 5
            comparable | "a"
            comparable | true
            comparable | 12345678901234567890
            serializable | {"a":[1,"b"]}
            chars   | "text"
            objects | [1,"a",null,{"b":[]}]
            numbers | [1,2.5,12345678901234567890]
            wildcards | {"a":1,"b":[2]}
            comparables | [1,"a",null]
            generic | [1]
            bounded | 2.5
            """)
    void valuesRoundTrip(String type, String json) {
        assertThat(functions.call(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            classOf | 5 | "Long"
            classOf | 9223372036854775807 | "Long"
            classOf | 9223372036854775808 | "BigInteger"
            classOf | 5.5 | "Double"
            classOf | 1e5 | "Double"
            classOf | 1e400 | "BigDecimal"
            classOf | 0.1 | "Double"
            classOf | 0.10000000000000000001 | "BigDecimal"
            classOf | "x" | "String"
            classOf | [] | "ArrayList"
            classOf | {} | "LinkedHashMap"
            classOfNumber | 5 | "Long"
            classOfNumber | "NaN" | "Double"
            sorted | [3,1,2] | [1,2,3]
            sorted | ["b","a"] | ["a","b"]
            largest | [1,3,2] | 3
            """)
    void valuesHaveTheirNaturalClass(String function, String json, String result) {
        assertThat(functions.call(function, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            any | {"a":1,"a":2} | x.a: it is there twice
            any | [{"a":{"b":1,"b":2}}] | x[0].a.b: it is there twice
            any | [1,1e99999999999] | x[1]: a BigDecimal can't hold 1e99999999999
            number | "five" | x: a Number needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "five"
            number | true | x: a Number can not be read from true
            number | [1] | x: a Number can not be read from an array
            comparable | [1] | x: a Comparable can not be read from an array
            comparable | {} | x: a Comparable can not be read from an object
            comparables | [1,[]] | x[1]: a Comparable can not be read from an array
            chars | 5 | x: a CharSequence can not be read from 5
            """)
    void mismatchesAreRejected(String type, String json, String message) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }

    @Test
    void argumentsNestUpToTheLimit() {
        String deepest = "[".repeat(JsonLimits.MAX_DEPTH) + "]".repeat(JsonLimits.MAX_DEPTH);

        assertThat(functions.call("any", deepest)).isEqualTo(deepest);
        assertThatThrownBy(() -> functions.call("any", "[" + deepest + "]"))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage("x: it is nested deeper than 400 levels");
        assertThatThrownBy(() -> functions.call("any", "[".repeat(100_000) + "]".repeat(100_000)))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage("x: it is nested deeper than 400 levels");
    }
}
