package io.minimalcluster.micro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.master.segment.Segment;
import io.minimalcluster.model.environment.Shape;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SubmittedListTest {
    @Test
    void segmentsHoldEachArgument() throws IOException {
        assertThat(new SubmittedList(JsonLists.integers(100_000), Shape.Kind.INTEGER).segments())
                .extracting(Segment::count)
                .hasSizeGreaterThan(1)
                .satisfies(counts -> assertThat(
                                counts.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(100_000));
        assertThat(new SubmittedList(JsonLists.texts(2), Shape.Kind.STRING).segments())
                .extracting(segment -> segment.value(0).length)
                .containsExactly(JsonLists.TEXT_BYTES + 2);
        assertThat(new SubmittedList(JsonLists.records(2), Shape.Kind.OBJECT)
                        .segments()
                        .getFirst()
                        .value(1))
                .asString(UTF_8)
                .startsWith("{\"name\":\"item 1\"");
    }

    @Test
    void batchWritesItsArgumentsBack() throws Throwable {
        Volume volume = new Volume();

        assertThat(new BindCallWriteBenchmark.Numbers().run(volume)).isEqualTo(JsonLists.integers(1_000).length - 1);
        assertThat(new BindCallWriteBenchmark.Items().run(volume)).isEqualTo(JsonLists.records(1_000).length - 1);
        assertThat(new BindCallWriteBenchmark.Text().run(volume)).isEqualTo(JsonLists.TEXT_BYTES + 3);
        assertThat(new BindCallWriteBenchmark.Decimals().run(volume)).isEqualTo(JsonLists.decimals(1_000).length + 1);
        assertThat(volume.bytes).isPositive();
    }
}
