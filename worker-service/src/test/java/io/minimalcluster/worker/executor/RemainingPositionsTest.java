package io.minimalcluster.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minimalcluster.worker.executor.protocol.PositionRange;
import org.junit.jupiter.api.Test;

class RemainingPositionsTest {
    private final RemainingPositions remaining = new RemainingPositions(10);

    @Test
    void eachPositionIsTakenOnce() {
        assertThat(remaining.take(new PositionRange(0, 4))).hasValue(new PositionRange(0, 4));
        assertThat(remaining.take(new PositionRange(2, 6))).hasValue(new PositionRange(4, 6));
        assertThat(remaining.take(new PositionRange(0, 6))).isEmpty();
        assertThat(remaining.first()).hasValue(new PositionRange(6, 10));
    }

    @Test
    void takeSplitsARange() {
        remaining.take(new PositionRange(5, 6));
        assertThat(remaining.first()).hasValue(new PositionRange(0, 5));
        assertThat(remaining.contains(5)).isFalse();
        assertThat(remaining.firstFrom(5)).hasValue(6);
        remaining.take(new PositionRange(0, 5));
        assertThat(remaining.first()).hasValue(new PositionRange(6, 10));
    }

    @Test
    void shrinkRemovesTheEnd() {
        remaining.take(new PositionRange(2, 3));
        remaining.shrink(5);
        assertThat(remaining.takeAll()).containsExactly(new PositionRange(0, 2), new PositionRange(3, 5));
        assertThat(remaining.isEmpty()).isTrue();
    }

    @Test
    void shrinkNeverGrows() {
        remaining.shrink(3);
        remaining.shrink(8);
        assertThat(remaining.takeAll()).containsExactly(new PositionRange(0, 3));
    }

    @Test
    void isEmptyAfterAllAreTaken() {
        remaining.take(new PositionRange(0, 10));
        assertThat(remaining.isEmpty()).isTrue();
        assertThat(remaining.first()).isEmpty();
        assertThat(remaining.firstFrom(0)).isEmpty();
    }
}
