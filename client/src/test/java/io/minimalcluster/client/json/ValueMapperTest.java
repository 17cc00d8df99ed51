package io.minimalcluster.client.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minimalcluster.client.function.TypeRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of docs/compatibility.md, as a client writes and reads it. */
class ValueMapperTest {
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

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
        JsonNode node = EXACT.readTree(json);
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

    @Test
    void valueOfAnotherTypeIsRefused() {
        assertThatThrownBy(() -> read(new TypeRef<Size>() {}, "{\"value\":1,\"unit\":\"METRE\",\"more\":1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit")
                .hasMessageContaining("more");
    }
}
