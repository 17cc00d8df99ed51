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
 * Whatever a type can hold goes from JSON into Java and back as the same. Samples are drawn by seeds, which stand in
 * what a failure says.
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

    static Stream<Kind> scalars() {
        return Kinds.scalars().stream();
    }

    static Stream<Kind> arrays() {
        return Kinds.scalars().stream().map(Kinds::array);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void aScalar(Kind kind) {
        comesBack(kind, SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void anArray(Kind kind) {
        comesBack(kind, SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTypePutTogetherAtRandom(long seed) {
        comesBack(Kinds.nested(new Random(seed), 4), 20);
    }

    private static void comesBack(Kind kind, int samples) {
        Call call = Call.of(MethodHandles.identity(kind.raw()), List.of(new Named("x", kind.type())));
        for (int seed = 0; seed < samples; seed++) {
            String json = kind.json(new Random(seed));
            assertThat(tree(result(call, json)))
                    .as("%s of seed %s: %s", kind, seed, json)
                    .isEqualTo(tree(json));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void severalParametersAsAnArrayOrByTheirNames(long seed) {
        Random random = new Random(seed);
        Kind first = Kinds.nested(random, 2);
        Kind second = Kinds.nested(random, 2);
        String a = first.json(random);
        String b = second.json(random);
        MethodHandle giveSecond = MethodHandles.dropArguments(MethodHandles.identity(second.raw()), 0, first.raw());
        Call call = Call.of(giveSecond, List.of(new Named("a", first.type()), new Named("b", second.type())));

        assertThat(tree(result(call, "[" + a + "," + b + "]")))
                .as("%s %s: %s %s", first, second, a, b)
                .isEqualTo(tree(b));
        assertThat(tree(result(call, "{\"b\":" + b + ",\"a\":" + a + "}"))).isEqualTo(tree(b));
    }

    @Test
    void negativeZeroKeepsItsSign() {
        for (Class<?> type : List.of(double.class, Double.class, float.class, Float.class)) {
            Call call = Call.of(MethodHandles.identity(type), List.of(new Named("x", type)));
            assertThat(result(call, "-0.0")).isEqualTo("-0.0");
        }
    }

    /** Whatever white space there is around it and in it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void spaceBetweenTheWordsIsNothing(long seed) {
        Kind kind = Kinds.nested(new Random(seed), 3);
        String json = kind.json(new Random(seed));
        String spread = tree(json).toPrettyString().replace("\n", " \r\n\t");
        Call call = Call.of(MethodHandles.identity(kind.raw()), List.of(new Named("x", kind.type())));

        assertThat(tree(result(call, spread)))
                .as("%s of seed %s: %s", kind, seed, spread)
                .isEqualTo(tree(json));
    }

    private static JsonNode tree(String json) {
        return EXACT.readTree(json);
    }

    /** The text of what comes of one argument. */
    private static String result(Call call, String json) {
        Elements elements = new Elements(("[" + json + "]").getBytes(StandardCharsets.UTF_8));
        Element element = new Element();
        elements.next(element);
        Values values = new Values(64, 1 << 20);
        values.begin();
        try {
            call.onElement().invoke(values, element);
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
