package io.minimalcluster.task.bind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Property-based tests: a value of any type survives the way from JSON to Java and back. Failure messages name the
 * seed.
 */
class RoundTripTest {
    private static final int SAMPLES = 200;
    private static final JsonMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(10_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static Stream<TestType> scalars() {
        return TestTypes.scalars().stream();
    }

    static Stream<TestType> arrays() {
        return TestTypes.scalars().stream().map(TestTypes::array);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void scalarsRoundTrip(TestType kind) {
        assertRoundTrip(kind, SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysRoundTrip(TestType kind) {
        assertRoundTrip(kind, SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomTypesRoundTrip(long seed) {
        assertRoundTrip(TestTypes.nested(new Random(seed), 4), 20);
    }

    private static void assertRoundTrip(TestType kind, int samples) {
        BoundFunction boundFunction =
                BoundFunction.of(MethodHandles.identity(kind.raw()), List.of(new NamedParameter("x", kind.type())));
        for (int seed = 0; seed < samples; seed++) {
            String json = kind.json(new Random(seed));
            assertThat(tree(result(boundFunction, json)))
                    .as("%s of seed %s: %s", kind, seed, json)
                    .isEqualTo(tree(json));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void severalParametersAreReadFromAnArrayOrObject(long seed) {
        Random random = new Random(seed);
        TestType first = TestTypes.nested(random, 2);
        TestType second = TestTypes.nested(random, 2);
        String a = first.json(random);
        String b = second.json(random);
        MethodHandle giveSecond = MethodHandles.dropArguments(MethodHandles.identity(second.raw()), 0, first.raw());
        BoundFunction boundFunction = BoundFunction.of(
                giveSecond, List.of(new NamedParameter("a", first.type()), new NamedParameter("b", second.type())));

        assertThat(tree(result(boundFunction, "[" + a + "," + b + "]")))
                .as("%s %s: %s %s", first, second, a, b)
                .isEqualTo(tree(b));
        assertThat(tree(result(boundFunction, "{\"b\":" + b + ",\"a\":" + a + "}")))
                .isEqualTo(tree(b));
    }

    @Test
    void negativeZeroKeepsItsSign() {
        for (Class<?> type : List.of(double.class, Double.class, float.class, Float.class)) {
            BoundFunction boundFunction =
                    BoundFunction.of(MethodHandles.identity(type), List.of(new NamedParameter("x", type)));
            assertThat(result(boundFunction, "-0.0")).isEqualTo("-0.0");
        }
    }

    /** The input has white space between all tokens. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whiteSpaceBetweenTokensIsIgnored(long seed) {
        TestType kind = TestTypes.nested(new Random(seed), 3);
        String json = kind.json(new Random(seed));
        String spread = tree(json).toPrettyString().replace("\n", " \r\n\t");
        BoundFunction boundFunction =
                BoundFunction.of(MethodHandles.identity(kind.raw()), List.of(new NamedParameter("x", kind.type())));

        assertThat(tree(result(boundFunction, spread)))
                .as("%s of seed %s: %s", kind, seed, spread)
                .isEqualTo(tree(json));
    }

    private static JsonNode tree(String json) {
        return EXACT.readTree(json);
    }

    /** The JSON of the result for one argument. */
    private static String result(BoundFunction boundFunction, String json) {
        JsonElements elements = new JsonElements(("[" + json + "]").getBytes(StandardCharsets.UTF_8));
        JsonElement element = new JsonElement();
        elements.next(element);
        ValueWriter values = new ValueWriter(64, 1 << 20);
        values.begin();
        try {
            boundFunction.onElement().invoke(values, element);
            values.end();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(json, e);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        String array = new String(values.array(0, values.length()), StandardCharsets.UTF_8);
        return array.substring(1, array.length() - 1);
    }
}
