package io.minimalcluster.master.job.argument;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.model.environment.Parameter;
import io.minimalcluster.model.environment.Shape;
import io.minimalcluster.model.environment.TargetFunction;
import io.minimalcluster.model.support.JsonLimits;
import io.minimalcluster.task.json.JsonKind;
import io.minimalcluster.task.json.JsonScanner;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ArgumentTypeCheckTest {
    private static final Map<Shape.Kind, List<String>> VALID = Map.of(
            Shape.Kind.INTEGER,
                    List.of("0", "-0", "1", "-1", "12345678901234567890123456789", "1.0", "1e3", "12.50E+1", "1e99999"),
            Shape.Kind.FLOAT, List.of("0", "1.5", "1e400", "-2E-3", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""),
            Shape.Kind.DECIMAL, List.of("0", "1.5", "1e400"),
            Shape.Kind.STRING, List.of("\"\"", "\"NaN\"", "\"x\\u0000\""),
            Shape.Kind.BOOLEAN, List.of("true", "false"),
            Shape.Kind.ARRAY, List.of("[]", "[1,[2],\"x\"]"),
            Shape.Kind.OBJECT, List.of("{}", "{\"a\":1}"),
            Shape.Kind.ANY, List.of("null", "0", "1.5", "\"x\"", "true", "[1]", "{\"a\":1}"));
    private static final List<String> SAMPLES =
            List.of("null", "0", "1.5", "1e3", "\"x\"", "\"NaN\"", "\"Infinity \"", "true", "false", "[]", "[1]", "{}");

    private static Parameter parameter(String name, Shape.Kind kind, boolean nullable) {
        return new Parameter(name, "T", new Shape(kind, nullable, null, null));
    }

    private static Parameter integer(String name, long min, long max) {
        Shape shape = new Shape(Shape.Kind.INTEGER, false, BigInteger.valueOf(min), BigInteger.valueOf(max));
        return new Parameter(name, "int", shape);
    }

    private static boolean fits(String argument, Parameter... parameters) {
        return misfit(argument, parameters) == null;
    }

    private static @Nullable String misfit(String argument, Parameter... parameters) {
        TargetFunction function = new TargetFunction("f", "Main", Arrays.asList(parameters), "void", "f()");
        byte[] bytes = (" " + argument + " ").getBytes(StandardCharsets.UTF_8);
        JsonScanner scanner = JsonScanner.of(bytes);
        try {
            JsonKind kind = scanner.value();
            return new ArgumentTypeCheck(function).expectedInsteadOf(kind, bytes, scanner.start(), scanner.end());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void unknownMemberOfARecordIsNamed() {
        Parameter circle =
                new Parameter("c", "Circle", new Shape(Shape.Kind.OBJECT, true, null, null, List.of("name", "radius")));

        assertThat(misfit("{\"name\":\"a\",\"radios\":1}", circle))
                .isEqualTo("Circle: an object with name, radius, or null, without \"radios\"");
        assertThat(fits("{\"r\\u0061dius\":{\"x\":1}}", circle)).isTrue();
        assertThat(fits("{}", circle)).isTrue();
        assertThat(misfit("1", circle)).isEqualTo("Circle: an object with name, radius, or null");
        assertThat(fits("[{\"radios\":1},2]", circle, integer("n", 0, 9))).isFalse();
        assertThat(fits("[{\"radius\":1},2]", circle, integer("n", 0, 9))).isTrue();
        assertThat(misfit("[{\"radios\":1},2]", circle, integer("n", 0, 9))).endsWith(", without \"radios\"");
        assertThat(misfit("{\"" + "\\u0061".repeat(100_000) + "\":1}", circle)).hasSizeLessThan(500);
    }

    @ParameterizedTest
    @EnumSource
    void shapeAcceptsItsKindsOnly(Shape.Kind kind) {
        List<String> valid = VALID.getOrDefault(kind, List.of());
        for (String argument : valid) {
            assertThat(misfit(argument, parameter("x", kind, false)))
                    .as(argument)
                    .isNull();
        }
        for (String argument : SAMPLES) {
            boolean isOfKind = valid.contains(argument)
                    || kind == Shape.Kind.ANY
                    || (kind == Shape.Kind.STRING && argument.startsWith("\""))
                    || (kind == Shape.Kind.ARRAY && argument.startsWith("["))
                    || ((kind == Shape.Kind.DECIMAL || kind == Shape.Kind.FLOAT) && argument.equals("1e3"));
            assertThat(fits(argument, parameter("x", kind, false))).as(argument).isEqualTo(isOfKind);
        }
        assertThat(fits("null", parameter("x", kind, true))).isTrue();
    }

    @ParameterizedTest(name = "{2} in {0} to {1}: {3}")
    @CsvSource({
        "-128, 127, 127, true",
        "-128, 127, 128, false",
        "-128, 127, -128, true",
        "-128, 127, -129, false",
        "-128, 127, -0, true",
        "0, 65535, -1, false",
        "-2147483648, 2147483647, 2147483648, false",
        "-9223372036854775808, 9223372036854775807, 999999999999999999, true",
        "-9223372036854775808, 9223372036854775807, 9223372036854775807, true",
        "-9223372036854775808, 9223372036854775807, 9223372036854775808, false",
        "-9223372036854775808, 9223372036854775807, -9223372036854775808, true",
        "-9223372036854775808, 9223372036854775807, -9223372036854775809, false",
        "-9223372036854775808, 9223372036854775807, -99999999999999999999, false",
        "-9223372036854775808, 9223372036854775807, 1.0, true",
        "-9223372036854775808, 9223372036854775807, 1E+2, true",
        "-9223372036854775808, 9223372036854775807, 100000.000, true",
        "-9223372036854775808, 9223372036854775807, 9223372036854775807.0, true",
        "-9223372036854775808, 9223372036854775807, -9223372036854775808e0, true",
        "-9223372036854775808, 9223372036854775807, 9.223372036854775807e18, true",
        "-9223372036854775808, 9223372036854775807, 9223372036854775808.0, false",
        "-9223372036854775808, 9223372036854775807, 1e19, false",
        "-9223372036854775808, 9223372036854775807, 1.5, false",
        "-9223372036854775808, 9223372036854775807, 15e-1, false",
        "-9223372036854775808, 9223372036854775807, 150e-1, true",
        "-9223372036854775808, 9223372036854775807, 1e-9999999999999999999, false",
        "-9223372036854775808, 9223372036854775807, 1e9999999999999999999, false",
        "-9223372036854775808, 9223372036854775807, -0.0e9999999999999999999, true",
        "-128, 127, 1.28e2, false",
        "-128, 127, -1.28e2, true"
    })
    void integersHaveBounds(long min, long max, String argument, boolean fits) {
        assertThat(fits(argument, integer("x", min, max))).isEqualTo(fits);
    }

    @Test
    void longNumberIsRejectedWithoutParsing() {
        String digits = "9".repeat(JsonLimits.MAX_NUMBER_CHARS);
        long begin = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            assertThat(fits(digits, integer("x", Long.MIN_VALUE, Long.MAX_VALUE)))
                    .isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void functionWithoutParametersAcceptsAnyArgument() {
        assertThat(fits("null")).isTrue();
        assertThat(fits("[1,2]")).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, \"x\"]            | true",
                "[1]                   | false",
                "[1, \"x\", 2]         | false",
                "[]                    | false",
                "[\"x\", 1]            | false",
                "{\"a\":1,\"ö\":\"x\"} | true",
                "{\"ö\":\"x\",\"a\":1} | true",
                "{\"\\u0061\":1,\"\\u00f6\":\"x\"} | true",
                "{\"a\":1}             | false",
                "{\"a\":1,\"ö\":\"x\",\"c\":1} | false",
                "{\"a\":1,\"a\":1,\"ö\":\"x\"} | false",
                "{\"a\":1,\"\\u0061\":1}       | false",
                "{}                    | false",
                "1                     | false",
                "null                  | false"
            })
    void severalParametersAcceptAnArrayOrAnObject(String argument, boolean fits) {
        assertThat(fits(argument, integer("a", 0, 9), parameter("ö", Shape.Kind.STRING, false)))
                .isEqualTo(fits);
    }

    @Test
    void messageNamesTheExpectedType() {
        assertThat(misfit("true", integer("a", 0, 9))).isEqualTo("int: a whole number from 0 to 9");
        assertThat(misfit("true", integer("a", 0, 9), parameter("b", Shape.Kind.STRING, true)))
                .isEqualTo(
                        "an array of 2, or an object: a = int: a whole number from 0 to 9; b = T: a string, or null");
    }
}
