package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.task.bind.error.ArgumentMismatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, booleans, characters and strings. The fields are types whose values are returned as they are. */
@SuppressWarnings({"unused", "UnusedVariable", "NullAway.Init"}) // the fields are read by name
class ScalarBindingTest {
    private static int anInt;
    private static long aLong;
    private static short aShort;
    private static byte aByte;
    private static double aDouble;
    private static float aFloat;
    private static boolean aBoolean;
    private static char aChar;
    private static Integer boxedInt;
    private static Long boxedLong;
    private static Short boxedShort;
    private static Byte boxedByte;
    private static Double boxedDouble;
    private static Float boxedFloat;
    private static Boolean boxedBoolean;
    private static Character boxedChar;
    private static String text;
    private static StringBuilder builder;
    private static BigInteger bigInteger;
    private static BigDecimal bigDecimal;
    private static AtomicInteger atomicInt;
    private static AtomicLong atomicLong;
    private static AtomicBoolean atomicBoolean;
    private static List<Integer> listOfInts;
    private static List<Long> listOfLongs;
    private static List<BigInteger> listOfBigIntegers;
    private static long[] longs;

    private final TestFunctions functions = new TestFunctions(ScalarBindingTest.class);

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
            builder     | "abc"
            bigInteger  | 123456789012345678901234567890
            bigInteger  | -1
            bigInteger  | null
            bigDecimal  | 1.10
            bigDecimal  | 1E+3
            bigDecimal  | 123456789012345678901234567890.123456789
            bigDecimal  | 1E-400
            bigDecimal  | null
            atomicInt   | -7
            atomicInt   | null
            atomicLong  | 9007199254740993
            atomicBoolean | true
            """)
    void scalarsRoundTrip(String type, String json) {
        assertThat(functions.call(type, json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            anInt       | 1.0 | 1
            anInt       | 1e3 | 1000
            anInt       | -12.50E+1 | -125
            anInt       | 0.0e99999999999 | 0
            anInt       | -0 | 0
            aLong       | 1E+2 | 100
            aLong       | 9223372036854775807.000 | 9223372036854775807
            aLong       | -9.223372036854775808e18 | -9223372036854775808
            aShort      | 3.2767e4 | 32767
            aByte       | 1270e-1 | 127
            boxedInt    | 7.0 | 7
            boxedLong   | 1e5 | 100000
            bigInteger  | 12.5e1 | 125
            bigInteger  | 1e20 | 100000000000000000000
            atomicInt   | 1e1 | 10
            atomicLong  | 2.0 | 2
            longs       | [1.0,1e2] | [1,100]
            listOfInts  | [1.0,1e2] | [1,100]
            listOfLongs | [9223372036854775807.0] | [9223372036854775807]
            listOfBigIntegers | [1e20,1.0] | [100000000000000000000,1]
            aDouble     | 1 | 1.0
            aDouble     | 1e3 | 1000.0
            aDouble     | -0 | -0.0
            text        | "\\u0041\\/\\ud83d\\ude00" | "A/😀"
            """)
    void numbersAreReadByValue(String type, String json, String result) {
        assertThat(functions.call(type, json)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            anInt | 3.5 | x: an int takes whole numbers from -2147483648 to 2147483647, not 3.5
            anInt | 1e-1 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1e-1
            anInt | 1e10 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1e10
            anInt | 1e999999999999 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1e999999999999
            anInt | 1099511627776 | x: an int takes whole numbers from -2147483648 to 2147483647, not 1099511627776
            anInt | 123456789012345678901234567890 | x: an int takes whole numbers from -2147483648 to 2147483647, not 123456789012345678901234567890
            anInt | null | x: null does not fit the primitive type int
            anInt | "5" | x: an int takes whole numbers from -2147483648 to 2147483647, not "5"
            anInt | true | x: an int takes whole numbers from -2147483648 to 2147483647, not true
            anInt | [1] | x: an int takes whole numbers from -2147483648 to 2147483647, not an array
            anInt | {} | x: an int takes whole numbers from -2147483648 to 2147483647, not an object
            aLong | 9223372036854775808 | x: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not 9223372036854775808
            aLong | 1e19 | x: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not 1e19
            aShort | 32768 | x: a short takes whole numbers from -32768 to 32767, not 32768
            aByte | -129 | x: a byte takes whole numbers from -128 to 127, not -129
            boxedInt | 3.5 | x: an int takes whole numbers from -2147483648 to 2147483647, not 3.5
            atomicInt | 3.5 | x: an int takes whole numbers from -2147483648 to 2147483647, not 3.5
            atomicBoolean | 1 | x: a boolean needs true or false, not 1
            aDouble | 1e400 | x: a double can't hold 1e400
            aDouble | "1" | x: a double needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "1"
            aDouble | "nan" | x: a double needs a number, or one of the strings "NaN", "Infinity" and "-Infinity", not "nan"
            aDouble | null | x: null does not fit the primitive type double
            aFloat | 1e39 | x: a float can't hold 1e39
            aBoolean | 1 | x: a boolean needs true or false, not 1
            aBoolean | null | x: a boolean needs true or false, not null
            aChar | "ab" | x: a char needs a string of one character, not "ab"
            aChar | "" | x: a char needs a string of one character, not ""
            aChar | 65 | x: a char needs a string of one character, not 65
            text | 5 | x: a String needs a string, not 5
            bigInteger | 1.5 | x: a BigInteger needs a whole number of at most 100000 digits, not 1.5
            bigInteger | 1e100000 | x: a BigInteger needs a whole number of at most 100000 digits, not 1e100000
            bigInteger | "1" | x: a BigInteger needs a whole number, not "1"
            bigDecimal | "1" | x: a BigDecimal needs a number, not "1"
            bigDecimal | 1e99999999999 | x: a BigDecimal can't hold 1e99999999999
            listOfLongs | [1,2.5] | x[1]: a long takes whole numbers from -9223372036854775808 to 9223372036854775807, not 2.5
            listOfBigIntegers | [1,2.5] | x[1]: a BigInteger needs a whole number of at most 100000 digits, not 2.5
            """)
    void mismatchedScalarsAreRejected(String type, String json, String message) {
        assertThatThrownBy(() -> functions.call(type, json))
                .isInstanceOf(ArgumentMismatch.class)
                .hasMessage(message);
    }
}
