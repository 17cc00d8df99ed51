package io.minimalcluster.master.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexRangeTest {
    @Test
    void emptyRangeHasNoRemainder() {
        assertThat(new IndexRange(0, 0).without(List.of())).isEmpty();
        assertThat(new IndexRange(5, 5).without(List.of(new IndexRange(0, 9)))).isEmpty();
    }

    @Test
    void negativeRangeIsRejected() {
        assertThatThrownBy(() -> new IndexRange(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IndexRange(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void remainderHasNoOverlap() {
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            IndexRange all = range(random);
            List<IndexRange> others = IntStream.range(0, random.nextInt(6))
                    .mapToObj(_ -> range(random))
                    .toList();
            BitSet expected = new BitSet();
            expected.set((int) all.first(), (int) all.last());
            others.forEach(other -> expected.clear((int) other.first(), (int) other.last()));
            BitSet left = new BitSet();
            long next = 0;
            for (IndexRange range : all.without(others)) {
                assertThat(range.first()).isGreaterThanOrEqualTo(next);
                assertThat(range.count()).isPositive();
                next = range.last();
                left.set((int) range.first(), (int) range.last());
            }
            assertThat(left).isEqualTo(expected);
        }
    }

    private static IndexRange range(Random random) {
        int first = random.nextInt(50);
        return new IndexRange(first, first + random.nextInt(30));
    }
}
