package io.minimalcluster.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonStreamsTest {
    private final JsonStreams streams = new JsonStreams(WireJson.MAPPER, UncheckedIOException::new);

    private static InputStream json(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void valuesAreReadAsExecutorsDo() {
        BigInteger large = BigInteger.TEN.pow(1_500);

        try (Stream<@Nullable BigInteger> values =
                streams.ofArray(json("[" + large + ",null,1e2]"), BigInteger.class)) {
            assertThat(values).containsExactly(large, null, BigInteger.valueOf(100));
        }
        try (Stream<@Nullable Object> values = streams.ofArray(json("[1,2.5,[true]]"), Object.class)) {
            assertThat(values.map(
                            value -> Objects.requireNonNull(value).getClass().getSimpleName()))
                    .containsExactly("Long", "Double", "ArrayList");
        }
    }

    @Test
    void valueOfAnotherTypeIsRefused() {
        try (Stream<@Nullable Long> values = streams.ofArray(json("[1,2.7]"), Long.class)) {
            assertThatThrownBy(values::toList)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("the value does not fit java.lang.Long: ");
        }
        try (LongStream values = streams.longs(json("[1,2.7]"))) {
            assertThatThrownBy(values::sum)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a value is no integer: 2.7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1,2", "[1,", "[{\"a\":1,", "[{\"a\":1", "[{\"a\"", "[tr", "[\"ab", "[[1,", "[{\"a\":{\"b\":1,"
            })
    void earlyEndIsALostConnection(String text) {
        try (Stream<@Nullable Object> values = streams.ofArray(json(text), Object.class)) {
            assertThatThrownBy(values::toList).isInstanceOf(UncheckedIOException.class);
        }
        try (Stream<JsonNode> trees = streams.ofLines(json(text), JsonNode.class)) {
            assertThatThrownBy(trees::toList).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void limitIsNoLostConnection() {
        try (Stream<JsonNode> values = streams.ofLines(json("[".repeat(1_000)), JsonNode.class)) {
            assertThatThrownBy(values::toList)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the response can't be read: ");
        }
    }
}
