package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions without, with one and with several parameters, called with elements and with numbers of a range. */
@SuppressWarnings({"unused", "UnusedVariable", "UnusedMethod", "NullAway.Init", "OptionalUsedAsFieldOrParameterType"})
class ParameterBindingTest {
    private static int anInt;
    private static long aLong;
    private static short aShort;
    private static byte aByte;
    private static double aDouble;
    private static float aFloat;
    private static Integer boxedInt;
    private static Long boxedLong;
    private static Double boxedDouble;
    private static BigInteger bigInteger;
    private static BigDecimal bigDecimal;
    private static String text;
    private static Object any;
    private static Number number;
    private static Optional<Integer> optional;
    private static OptionalLong optionalLong;

    private final TestFunctions functions = new TestFunctions(ParameterBindingTest.class);

    static String two(int a, List<String> b) {
        return a + b.toString();
    }

    static int none() {
        return 7;
    }

    static @Nullable String classOf(Object x) {
        return x.getClass().getSimpleName();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            two | [1,["a","b"]] | "1[a, b]"
            two | [1.0,["a","b"]] | "1[a, b]"
            two | {"b":[],"a":2} | "2[]"
            two | { "a" : 2 , "b" : [ "]" ] } | "2[]]"
            two | {"\\u0061":2,"b":[]} | "2[]"
            none | {"what":"ever"} | 7
            """)
    void severalParametersAreReadFromAnArrayOrAnObject(String function, String json, String result) {
        assertThat(functions.call(function, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            two | [1] | the function takes 2 arguments, an array of them or an object of a, b; not an array of 1
            two | 1 | the function takes 2 arguments, an array of them or an object of a, b; not 1
            two | {"a":1} | the function takes 2 arguments, an array of them or an object of a, b; and "b" is missing
            two | {"a":1,"b":[],"c":1} | the function takes 2 arguments, an array of them or an object of a, b; not "c"
            two | {"a":1,"a":2,"b":[]} | the function takes 2 arguments, an array of them or an object of a, b; not "a" twice
            two | [1,["a",2]] | b[1]: a String needs a string, not 2
            """)
    void mismatchesAreRejected(String function, String json, String message) {
        assertThatThrownBy(() -> functions.call(function, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }

    @Test
    void functionsTakeUpTo253Parameters() throws Exception {
        MethodHandle last = MethodHandles.identity(int.class);
        MethodHandle function = MethodHandles.dropArguments(last, 0, Collections.nCopies(252, int.class));
        List<NamedParameter> parameters = IntStream.range(0, 253)
                .mapToObj(at -> new NamedParameter("p" + at, int.class))
                .toList();
        BoundFunction bound = BoundFunction.of(function, parameters);
        ValueWriter values = new ValueWriter(64, 100);
        JsonElement argument =
                JsonElement.of(IntStream.range(0, 253).boxed().toList().toString());

        values.begin();
        try {
            bound.onElement().invoke(values, argument);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }

        assertThat(new String(values.array(0, values.length()), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("[252]");
        assertThat(function.type()).isEqualTo(MethodType.methodType(int.class, Collections.nCopies(253, int.class)));
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
        "number,5,5",
        "optional,5,5",
        "optionalLong,5,5",
        "none,5,7"
    })
    void numbersOfARangeAreAccepted(String function, long argument, String result) {
        assertThat(functions.callOnRange(function, argument)).isEqualTo(result);
    }

    @Test
    void rangePassesLongToAnObjectParameter() {
        assertThat(functions.callOnRange("classOf", 5)).isEqualTo("\"Long\"");
    }

    @Test
    void numbersOfARangeThatDoNotFitAreRejected() {
        assertThatThrownBy(() -> functions.callOnRange("anInt", 1L << 40))
                .hasMessage("x: an int takes whole numbers from -2147483648 to 2147483647, not 1099511627776");
        assertThatThrownBy(() -> functions.callOnRange("text", 5)).hasMessage("x: a String needs a string, not 5");
        assertThatThrownBy(() -> functions.callOnRange("two", 5)).isInstanceOf(ArgumentMismatch.class);
    }
}
